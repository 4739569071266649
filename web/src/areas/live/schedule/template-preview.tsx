import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { livePreviewTemplate, type TemplateOccurrence } from "@/api";
import { useSettled } from "@/lib/hooks";
import { plural } from "@/lib/format";
import { cn } from "@/ui/cn";
import { Button } from "@/ui/button";
import { ErrorNote, SkeletonRows } from "@/ui/states";
import { HIDDEN } from "./places";
import { type TemplateDraft, templateBody } from "./template-draft";
import { clock, shortDay } from "./zone";

const DAYS = 42;
const SHOWN = 14;

const previewOptions = (draft: TemplateDraft) => queryOptions({
  queryKey: [{ _id: "livePreviewTemplate", draft }],
  queryFn: async ({ signal }): Promise<TemplateOccurrence[]> =>
    (await livePreviewTemplate({ body: { ...templateBody(draft), days: DAYS, ...(draft.id ? { template_id: draft.id } : {}) }, signal })).data.occurrences,
  placeholderData: keepPreviousData,
  retry: false,
});

interface PreviewProps {
  draft: TemplateDraft;
  onLeaveOut: (day: string, isOut: boolean) => void;
}

/** The next entries that a template would make, and what is in their way, before anything is saved. */
export function TemplatePreview({ draft, onLeaveOut }: PreviewProps) {
  const settled = useSettled(draft, 300);
  const found = useQuery(previewOptions(settled));
  const occurrences = found.data ?? [];
  const met = occurrences.filter((one) => !one.is_cancelled && one.conflicts.length > 0);
  const zone = settled.time_zone;
  const span = (one: { start_at: string; stop_at: string }): string => `${clock(Date.parse(one.start_at), zone)}–${clock(Date.parse(one.stop_at), zone)}`;
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-3">
      <h3 className="text-xs font-medium text-quiet">The next six weeks</h3>
      {found.isPending ? <SkeletonRows count={4} className="h-9" /> : null}
      {found.isError ? <ErrorNote error={found.error} /> : null}
      {found.isSuccess ? (
        <p className={cn("flex items-start gap-2", met.length > 0 ? "text-warning" : "text-quiet")}>
          {met.length > 0 ? <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0" /> : <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-positive" />}
          {occurrences.length === 0 ? "No day in these weeks." : met.length > 0 ? `Something is on at that time on ${plural(met.length, "day")}: what is on stays, and these days are left out.` : `Nothing is in the way of ${plural(occurrences.length, "entry", "entries")}.`}
        </p>
      ) : null}
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line empty:hidden">
        {occurrences.slice(0, SHOWN).map((one) => {
          const isMet = !one.is_cancelled && one.conflicts.length > 0;
          return (
            <li key={one.occurs_on} className={cn("flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2", isMet && "bg-warning-soft")}>
              <span className={cn("w-24 shrink-0 tabular", one.is_cancelled && "text-quiet line-through")}>{shortDay(one.occurs_on)}</span>
              <span className="min-w-0 flex-1">
                <span className={cn("tabular", one.is_cancelled && "text-quiet line-through")}>{span(one)}</span>
                {one.is_cancelled ? <span className="text-quiet"> · left out</span> : one.is_changed ? <span className="text-quiet"> · differs</span> : null}
                {isMet ? <span className="block text-xs">In the way: {one.conflicts.slice(0, 2).map((way) => `${way.title ?? HIDDEN}, ${span(way)}`).join("; ")}{one.conflicts.length > 2 ? ` and ${one.conflicts.length - 2} more` : ""}</span> : null}
              </span>
              <Button size="s" look="quiet" onClick={() => onLeaveOut(one.occurs_on, !one.is_cancelled)}>{one.is_cancelled ? "Take in" : "Leave out"}</Button>
            </li>
          );
        })}
      </ul>
      {occurrences.length > SHOWN ? <p className="text-xs text-quiet">and {occurrences.length - SHOWN} more</p> : null}
    </section>
  );
}
