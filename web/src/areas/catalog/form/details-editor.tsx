import { Plus, Trash2 } from "lucide-react";
import type { Kind } from "@/lib/labels";
import { Button, IconButton } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { TagInput } from "@/ui/tag-input";
import { DETAIL_FIELDS, type DetailsDraft, type TrackDraft } from "./details-draft";

interface DetailsEditorProps {
  kind: Kind;
  details: DetailsDraft;
  onChange: (details: DetailsDraft) => void;
}

/** What only this kind of work has. */
export function DetailsEditor({ kind, details, onChange }: DetailsEditorProps) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        {DETAIL_FIELDS[kind].map(({ name, label, type, placeholder }) => (
          <Field key={name} label={label}>
            <Input inputMode={type === "number" ? "decimal" : "text"} value={details.fields[name] ?? ""} placeholder={placeholder} onChange={(event) => onChange({ ...details, fields: { ...details.fields, [name]: event.target.value } })} />
          </Field>
        ))}
        {kind === "game" ? <Field label="Platforms"><TagInput values={details.platforms} onChange={(platforms) => onChange({ ...details, platforms })} placeholder="NES, Game Boy" /></Field> : null}
      </div>
      {kind === "album" ? <Tracks tracks={details.tracks} onChange={(tracks) => onChange({ ...details, tracks })} /> : null}
    </>
  );
}

function Tracks({ tracks, onChange }: { tracks: readonly TrackDraft[]; onChange: (tracks: TrackDraft[]) => void }) {
  const set = (index: number, part: Partial<TrackDraft>): void => onChange(tracks.map((track, at) => (at === index ? { ...track, ...part } : track)));
  return (
    <div className="flex flex-col gap-2">
      <p className="text-xs font-medium text-quiet">Tracks</p>
      {tracks.map((track, index) => (
        <div key={index} className="grid grid-cols-[3.5rem_1fr_5rem_auto] gap-2">
          <Input aria-label={`Position of track ${index + 1}`} value={track.position} onChange={(event) => set(index, { position: event.target.value })} />
          <Input aria-label={`Title of track ${index + 1}`} value={track.title} onChange={(event) => set(index, { title: event.target.value })} />
          <Input aria-label={`Length of track ${index + 1}`} value={track.length} placeholder="4:33" onChange={(event) => set(index, { length: event.target.value })} />
          <IconButton label={`Remove track ${index + 1}`} onClick={() => onChange(tracks.filter((_, at) => at !== index))}><Trash2 size={14} aria-hidden /></IconButton>
        </div>
      ))}
      <div><Button size="s" icon={<Plus size={14} aria-hidden />} onClick={() => onChange([...tracks, { position: String(tracks.length + 1), title: "", length: "" }])}>Add a track</Button></div>
    </div>
  );
}
