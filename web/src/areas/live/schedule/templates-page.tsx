import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CalendarClock, Plus } from "lucide-react";
import { liveRemoveTemplate, liveUpdateTemplate, type ScheduleRead, type TemplateRead } from "@/api";
import { formatRuntime, plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { ConfirmButton } from "@/ui/dialog";
import { Select } from "@/ui/field";
import { Card, Page, Section } from "@/ui/page";
import { Badge, Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { Subnav } from "@/ui/subnav";
import { channelsOptions } from "../data";
import { useNow } from "../use-now";
import { templatesOptions } from "./data";
import { channelOptions } from "./entry-fields";
import { differing, OtherDays } from "./other-days";
import { inWords, parseRule } from "./recurrence";
import { useRepeated } from "./use-repeated";
import type { TemplatesSearch } from "./schedule-search";
import { SUBPAGES } from "./subpages";
import { TemplateDialog } from "./template-dialog";
import { draftOf, freshDraft } from "./template-draft";
import { useZone } from "./use-zone";
import { clock, dayOf, dayOfMonth, momentOf } from "./zone";

function Row({ template, today, onEdit }: { template: TemplateRead; today: string; onEdit: () => void }) {
  const remove = useAction({
    run: async () => { await liveRemoveTemplate({ path: { template_id: template.id } }); },
    touches: ["live", "activity"], done: `The template “${template.title}” is gone, with its entries that were to come`,
  });
  const turn = useAction({
    run: async (is_enabled: boolean) => (await liveUpdateTemplate({ path: { template_id: template.id }, body: { is_enabled } })).data,
    touches: ["live", "activity"],
    done: ({ filled }, isOn) => (isOn ? `On again: ${plural(filled.added ?? 0, "entry", "entries")} made` : `Paused: ${plural(filled.removed ?? 0, "entry", "entries")} to come removed`),
  });
  const start = momentOf(template.starts_on, template.start_time, template.time_zone);
  const stop = start + template.duration_minutes * 60_000;
  const others = differing(template);
  const isOver = template.until_on !== null && template.until_on < today;
  return (
    <li className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-medium">{template.title}</p>
          <p className="text-quiet tabular">{inWords(parseRule(template.rrule, template.starts_on), template.until_on)} · {clock(start, template.time_zone)}–{clock(stop, template.time_zone)} ({formatRuntime(template.duration_minutes)})</p>
          <p className="text-xs text-quiet">{[template.time_zone.replaceAll("_", " "), template.starts_on > today ? `from ${dayOfMonth(template.starts_on)}` : null, template.made_until ? `entries made until ${dayOfMonth(template.made_until)}` : null].filter(Boolean).join(" · ")}</p>
        </div>
        {isOver ? <Badge>Over</Badge> : template.is_enabled ? null : <Badge tone="warning">Paused</Badge>}
        <div className="flex flex-wrap gap-2">
          <Button size="s" onClick={onEdit}>Edit</Button>
          <Button size="s" busy={turn.isPending} onClick={() => turn.mutate(!template.is_enabled)}>{template.is_enabled ? "Pause" : "Go on"}</Button>
          <ConfirmButton title={`Delete “${template.title}”?`} confirm="Delete" onConfirm={() => remove.mutate()} button={(ask) => <Button size="s" look="quiet" busy={remove.isPending} onClick={ask}>Delete</Button>}>
            Its entries that are to come go with it. What is over, and what somebody changed by hand, stays.
          </ConfirmButton>
        </div>
      </div>
      {others > 0 ? (
        <details>
          <summary className="text-xs font-medium text-accent">{others === 1 ? "1 day differs" : `${others} days differ`}</summary>
          <div className="mt-2"><OtherDays template={template} today={today} /></div>
        </details>
      ) : null}
    </li>
  );
}

/** Programmes that recur, by channel. */
export function TemplatesPage({ search }: { search: TemplatesSearch }) {
  const navigate = useNavigate();
  const now = useNow();
  const zone = useZone();
  const found = useQuery(templatesOptions);
  const all = useQuery(channelsOptions(undefined, true));
  const channels = all.data ?? [];
  const from = useRepeated(search.from);
  const today = dayOf(now, zone.zone);
  const go = (change: TemplatesSearch): void => {
    const wanted = Object.entries({ ...search, ...change }).filter(([, value]) => value);
    void navigate({ to: "/schedule/templates", search: Object.fromEntries(wanted), replace: true });
  };
  const close = (): void => go({ template: undefined, from: undefined });
  const templates = (found.data ?? []).filter((one) => !search.channel || one.channel_id === search.channel);
  const groups = channels.map((channel) => ({ channel, templates: templates.filter((one) => one.channel_id === channel.id) })).filter((one) => one.templates.length > 0);
  const opened = found.data?.find((one) => one.id === search.template) ?? null;
  const home = search.channel ?? channels[0]?.id;
  const isNew = search.template === "new" || from !== undefined;
  const add = channels.length > 0 ? <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => go({ template: "new" })}>New template</Button> : null;
  return (
    <Page title="Templates" width="text" summary={found.data ? plural(templates.length, "template") : " "} actions={add}>
      <Subnav label="Schedule" places={SUBPAGES} />
      {channels.length > 1 ? <Select aria-label="Channel" className="h-8 w-full text-xs sm:w-56" blank="All channels" value={search.channel ?? ""} options={channelOptions(channels)} onValue={(channel) => go({ channel })} /> : null}
      {found.isPending ? <SkeletonRows /> : null}
      {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isSuccess && templates.length === 0 ? (
        <Empty icon={<CalendarClock size={22} aria-hidden />} title="Nothing recurs yet" actions={add}>A template makes entries by itself: the news each day at 20:00, a film on Friday night. Days can differ.</Empty>
      ) : null}
      {groups.map(({ channel, templates: ours }) => (
        <Section key={channel.id} title={channel.name}>
          <Card><ul className="divide-y divide-line">{ours.map((one) => <Row key={one.id} template={one} today={today} onEdit={() => go({ template: one.id })} />)}</ul></Card>
        </Section>
      ))}
      {opened && channels.length > 0 ? <TemplateDialog key={opened.id} draft={draftOf(opened)} template={opened} channels={channels} zone={zone} today={today} onClose={close} /> : null}
      {isNew && home && from !== null ? <TemplateDialog key={from?.id ?? "new"} draft={freshDraft(home, zone.zone, now, from satisfies ScheduleRead | undefined)} template={null} channels={channels} zone={zone} today={today} onClose={close} /> : null}
    </Page>
  );
}
