import { Link } from "@tanstack/react-router";
import { type EditedDay, liveResetTemplateDay, type OverrideRead, type TemplateRead } from "@/api";
import { formatRuntime, plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { clock, dayOf, dayOfMonth, shortDay } from "./zone";

function difference(one: OverrideRead, zone: string): string {
  if (one.is_cancelled) return "falls out";
  const words = Object.values(one.changes).filter((value): value is string => typeof value === "string" && value !== "").map((value) => `“${value.slice(0, 60)}”`);
  return [one.start_at ? `at ${clock(Date.parse(one.start_at), zone)}` : null, one.duration_minutes ? formatRuntime(one.duration_minutes) : null, ...words].filter(Boolean).join(", ") || "as the template says";
}

const changed = (one: EditedDay, zone: string): string => `by hand: ${clock(Date.parse(one.start_at), zone)}–${clock(Date.parse(one.stop_at), zone)} “${one.title}”`;

export const differing = (template: TemplateRead): number => new Set([...template.overrides, ...template.edited].map((one) => one.occurs_on)).size;

/** The days on which a template's entry is another, or none; each can be given back to the template. */
export function OtherDays({ template, today, onReset }: { template: TemplateRead; today: string; onReset?: (template: TemplateRead) => void }) {
  const reset = useAction({
    run: async (day: string) => (await liveResetTemplateDay({ path: { template_id: template.id, day } })).data,
    touches: ["live", "activity"],
    done: (out, day) => (out.filled.skipped?.some((one) => one.occurs_on === day) ? `Something else is on: ${shortDay(day)} stays left out` : `${shortDay(day)} is as the template says`),
    onDone: (out) => onReset?.(out.template),
  });
  const zone = template.time_zone;
  const days = [
    ...template.overrides.map((one) => ({ day: one.occurs_on, says: difference(one, zone), entry: null as EditedDay | null })),
    ...template.edited.map((one) => ({ day: one.occurs_on, says: changed(one, zone), entry: one })),
  ].sort((a, b) => a.day.localeCompare(b.day));
  const past = days.filter((one) => one.day < today).length;
  return (
    <div className="flex flex-col gap-1">
      <ul className="divide-y divide-line rounded-lg border border-line">
        {days.filter((one) => one.day >= today).map((one) => (
          <li key={`${one.day} ${one.entry?.id ?? ""}`} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <span className="w-28 shrink-0 tabular">{dayOfMonth(one.day)}</span>
            <span className="min-w-0 flex-1 basis-40 break-words">{one.says}</span>
            {one.entry ? <Link to="/schedule" search={{ channels: template.channel_id, day: dayOf(Date.parse(one.entry.start_at), zone), entry: one.entry.id }} className="text-xs font-medium text-accent hover:underline">Show it</Link> : null}
            <Button size="s" look="quiet" busy={reset.isPending && reset.variables === one.day} onClick={() => reset.mutate(one.day)}>As the template says</Button>
          </li>
        ))}
      </ul>
      {past > 0 ? <p className="text-xs text-quiet">and {plural(past, "day")} that are over</p> : null}
    </div>
  );
}
