import { Link } from "@tanstack/react-router";
import { Repeat, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ChannelRead, ScheduleRead } from "@/api";
import { Button, ButtonLink } from "@/ui/button";
import { Confirm, Dialog } from "@/ui/dialog";
import { FormError } from "@/ui/states";
import { OriginSign } from "./block";
import { ConflictCard } from "./conflict-card";
import { PlaceFields, WordFields } from "./entry-fields";
import type { Draft } from "./places";
import type { Changes } from "./use-changes";
import { clock, shortDay } from "./zone";

interface EntryDialogProps {
  draft: Draft;
  channels: readonly ChannelRead[];
  entries: readonly ScheduleRead[];
  zone: string;
  changes: Changes;
  onClose: () => void;
}

/** Where an entry comes from, and what editing it means. */
function Provenance({ entry }: { entry: ScheduleRead }) {
  const day = entry.template_on ? shortDay(entry.template_on) : null;
  const text = entry.template_id
    ? entry.origin === "template"
      ? `Made by a template for ${day ?? "this day"}. What you change here holds for this day only.`
      : `Changed by hand for ${day ?? "this day"}: its template leaves it as it is.`
    : entry.origin === "guide"
      ? `From ${entry.source_name ? `the guide “${entry.source_name}”` : "a guide"}. Once you change it, it is by hand, and guides leave it where it is.`
      : null;
  if (!text) return null;
  return (
    <div className="flex items-start gap-2.5 rounded-lg bg-sunken px-3 py-2.5 text-quiet">
      <span className="mt-0.5"><OriginSign origin={entry.template_id ? "template" : entry.origin} size={16} /></span>
      <p className="flex-1">
        {text}{" "}
        {entry.template_id ? <Link to="/schedule/templates" search={{ template: entry.template_id }} className="font-medium text-accent underline-offset-2 hover:underline">Open the template and its other days</Link> : null}
      </p>
    </div>
  );
}

/** The form of one entry, new or known. A conflict is told here, above what was entered. */
export function EntryDialog({ draft: given, channels, entries, zone, changes, onClose }: EntryDialogProps) {
  const [draft, setDraft] = useState(given);
  const { entry } = draft;
  const form = "entry-form";
  const genres = [...new Set(entries.flatMap((one) => one.genres))].sort();
  const [isLeaving, setLeaving] = useState(false);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(given);
  const close = (): void => { changes.dismiss(); onClose(); };
  const leave = (): void => { if (isDirty) setLeaving(true); else close(); };
  const save = async (): Promise<void> => {
    const title = draft.words.title.trim();
    const said = entry ? `“${title}” is saved, ${clock(draft.place.start, zone)}–${clock(draft.place.stop, zone)}` : `“${title}” is in the schedule`;
    if (await changes.save({ ...draft, words: { ...draft.words, title } }, said)) onClose();
  };
  const { conflict } = changes;
  return (
    <Dialog open onOpenChange={(open) => { if (!open) leave(); }} title={entry ? "Edit entry" : "New entry"}
      footer={
        <>
          {entry ? (
            <>
              <Button look="quiet" icon={<Trash2 size={16} aria-hidden />} busy={changes.isBusy} onClick={() => { void changes.remove(draft); onClose(); }}><span className="max-sm:sr-only">Delete</span></Button>
              {entry.template_id ? null : <ButtonLink look="quiet"><Link to="/schedule/templates" search={{ channel: entry.channel_id, from: entry.id }}><Repeat size={16} aria-hidden /><span className="max-sm:sr-only">Repeat…</span></Link></ButtonLink>}
              <span className="flex-1" />
            </>
          ) : null}
          <Button onClick={leave}>Cancel</Button>
          <Button look="primary" type="submit" form={form} busy={changes.isBusy} disabled={draft.words.title.trim() === ""}>Save</Button>
        </>
      }>
      <form id={form} className="flex flex-col gap-5" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        {conflict ? (
          <ConflictCard conflict={conflict} entries={entries} zone={zone} isBusy={changes.isBusy} back="Keep editing" onBack={changes.dismiss}
            onAccept={(offer) => void changes.accept(offer).then((isDone) => { if (isDone) onClose(); })} />
        ) : null}
        {entry ? <Provenance entry={entry} /> : null}
        {entry?.title_slug ? <p>In the library: <Link to="/titles/$titleId" params={{ titleId: entry.title_slug }} className="font-medium text-accent hover:underline">{entry.title_name}</Link></p> : null}
        <PlaceFields place={draft.place} zone={zone} channels={channels} error={changes.error} onChange={(place) => setDraft({ ...draft, place })} />
        <WordFields words={draft.words} genres={genres} error={changes.error} onChange={(words) => setDraft({ ...draft, words })} />
        <FormError error={changes.error} />
      </form>
      <Confirm open={isLeaving} onOpenChange={setLeaving} title="Leave without saving?" confirm="Leave" cancel="Keep editing" onConfirm={close}>What you entered is not saved yet and would be lost.</Confirm>
    </Dialog>
  );
}
