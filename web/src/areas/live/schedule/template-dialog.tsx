import { useState } from "react";
import { type ChannelRead, liveCreateTemplate, liveUpdateTemplate, type TemplateRead } from "@/api";
import { fieldError } from "@/lib/errors";
import { plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Confirm, FormDialog } from "@/ui/dialog";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { FormError } from "@/ui/states";
import { Switch } from "@/ui/switch";
import { TagInput } from "@/ui/tag-input";
import { channelOptions } from "./entry-fields";
import { differing, OtherDays } from "./other-days";
import { RecurrenceFields } from "./recurrence-fields";
import { draftOf, type TemplateDraft, templateBody } from "./template-draft";
import { TemplatePreview } from "./template-preview";
import type { ZoneChoice } from "./use-zone";

interface TemplateDialogProps {
  draft: TemplateDraft;
  template: TemplateRead | null;
  channels: readonly ChannelRead[];
  zone: ZoneChoice;
  today: string;
  onClose: () => void;
}

const FIELDS = ["title", "start_time", "duration_minutes", "starts_on", "until_on", "rrule", "time_zone", "channel_id"];

/** The form of a programme that recurs, with what it would make beside it. */
export function TemplateDialog({ draft: given, template, channels, zone, today, onClose }: TemplateDialogProps) {
  const [draft, setDraft] = useState(given);
  const set = (change: Partial<TemplateDraft>): void => setDraft({ ...draft, ...change });
  const [isLeaving, setLeaving] = useState(false);
  const leave = (): void => { if (JSON.stringify(draft) === JSON.stringify(given)) onClose(); else setLeaving(true); };
  const save = useAction({
    inline: true,
    run: async () => {
      const body = { ...templateBody(draft), title: draft.title.trim() };
      return draft.id ? (await liveUpdateTemplate({ path: { template_id: draft.id }, body })).data : (await liveCreateTemplate({ body })).data;
    },
    touches: ["live", "activity"],
    done: ({ template: made, filled }) => {
      const { added = 0, changed = 0, removed = 0, skipped = [] } = filled;
      const left = skipped.length > 0 ? `; ${plural(skipped.length, "day is", "days are")} left out, something else is on` : "";
      return `“${made.title}” is saved: ${plural(added, "entry", "entries")} made, ${changed} changed, ${removed} removed${left}`;
    },
    onDone: onClose,
  });
  const leaveOut = (day: string, isOut: boolean): void => {
    const known = draft.overrides.find((one) => one.occurs_on === day);
    const others = draft.overrides.filter((one) => one.occurs_on !== day);
    const isElse = known !== undefined && [known.start_at, known.duration_minutes, ...Object.keys(known.changes ?? {})].some(Boolean);
    set({ overrides: isOut || isElse ? [...others, { ...known, occurs_on: day, is_cancelled: isOut }] : others });
  };
  const says = (name: string): string | undefined => fieldError(save.error, name);
  const zones = zone.options.some((one) => one.value === draft.time_zone) ? zone.options : [{ value: draft.time_zone, label: draft.time_zone }, ...zone.options];
  return (
    <FormDialog open size="l" onOpenChange={(open) => { if (!open) leave(); }} title={draft.id ? "Edit template" : "New template"} description="Makes entries at the same time of the clock, fourteen days ahead."
      submit="Save" busy={save.isPending} disabled={draft.title.trim() === ""} onSubmit={() => save.mutate()}>
      {FIELDS.some((name) => says(name)) ? null : <FormError error={save.error} />}
      <div className="grid gap-6 lg:grid-cols-[1fr_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Field label="Title" error={says("title")}><Input required autoFocus={draft.title === ""} maxLength={500} value={draft.title} onChange={(event) => set({ title: event.target.value })} /></Field>
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_8.5rem_6rem]">
            <Field label="Channel" className="col-span-2 sm:col-span-1" error={says("channel_id")}><Select value={draft.channel_id} options={channelOptions(channels)} onValue={(channel_id) => set({ channel_id })} /></Field>
            <Field label="Starts at" error={says("start_time")}><Input type="time" required value={draft.start_time} onChange={(event) => set({ start_time: event.target.value || draft.start_time })} /></Field>
            <Field label="Minutes" error={says("duration_minutes")}><Input type="number" required min={1} max={2880} value={draft.minutes} onChange={(event) => set({ minutes: Math.max(1, Number(event.target.value)) })} /></Field>
          </div>
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="First day" error={says("starts_on")}><Input type="date" required value={draft.starts_on} onChange={(event) => set({ starts_on: event.target.value || draft.starts_on })} /></Field>
            <Field label="Time zone" hint="The clock that the start is read from, all year" error={says("time_zone")}><Select value={draft.time_zone} options={zones} onValue={(time_zone) => set({ time_zone })} /></Field>
          </div>
          <RecurrenceFields said={draft.said} startsOn={draft.starts_on} untilOn={draft.until_on} error={save.error} onChange={(said) => setDraft((known) => ({ ...known, said }))} onUntil={(until_on) => setDraft((known) => ({ ...known, until_on }))} />
          <details>
            <summary className="py-1 font-medium text-accent">Subtitle, description, genres, age</summary>
            <div className="mt-3 flex flex-col gap-4">
              <Field label="Subtitle" optional error={says("sub_title")}><Input maxLength={500} value={draft.sub_title ?? ""} onChange={(event) => set({ sub_title: event.target.value || null })} /></Field>
              <Field label="Description" optional error={says("description")}><Textarea rows={3} value={draft.description ?? ""} onChange={(event) => set({ description: event.target.value || null })} /></Field>
              <Field label="Genres" optional error={says("genres")}><TagInput values={draft.genres} onChange={(genres) => set({ genres })} /></Field>
              <Field label="From age" optional error={says("min_age")}><Input type="number" min={0} max={21} value={draft.min_age ?? ""} onChange={(event) => set({ min_age: event.target.value === "" ? null : Number(event.target.value) })} /></Field>
            </div>
          </details>
          <Switch label="Make entries" hint="Off: its entries that are to come go, the template stays." checked={draft.is_enabled} onChange={(is_enabled) => set({ is_enabled })} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <TemplatePreview draft={draft} onLeaveOut={leaveOut} />
          {template && differing(template) > 0 ? (
            <section aria-label="Days that differ" className="flex flex-col gap-3">
              <h3 className="text-xs font-medium text-quiet">Days that differ</h3>
              <OtherDays template={template} today={today} onReset={(next) => set({ overrides: draftOf(next).overrides })} />
            </section>
          ) : null}
        </div>
      </div>
      <Confirm open={isLeaving} onOpenChange={setLeaving} title="Leave without saving?" confirm="Leave" cancel="Keep editing" onConfirm={onClose}>What you entered is not saved yet and would be lost.</Confirm>
    </FormDialog>
  );
}
