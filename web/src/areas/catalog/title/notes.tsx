import { Lock, Pencil, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { libraryAddNote, libraryDeleteNote, libraryUpdateNote, type NoteRead, type TitleRead } from "@/api";
import { formatAgo } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { Avatar } from "@/ui/avatar";
import { Button, IconButton } from "@/ui/button";
import { Switch } from "@/ui/switch";
import { ConfirmButton } from "@/ui/dialog";
import { Field, Textarea } from "@/ui/field";
import { UnsavedGuard } from "@/ui/guard";
import { Card, Section } from "@/ui/page";
import { FormError } from "@/ui/states";

interface Draft {
  body: string;
  is_shared: boolean;
}

function NoteForm({ initial, submit, onSave, onCancel }: { initial: Draft; submit: string; onSave: (draft: Draft) => Promise<unknown>; onCancel: () => void }) {
  const [draft, setDraft] = useState(initial);
  const save = useAction({ inline: true, run: () => onSave(draft), touches: ["catalog"], onDone: onCancel });
  const isDirty = draft.body !== initial.body;
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <UnsavedGuard when={isDirty && !save.isPending} />
      <FormError error={save.error} />
      <Field label="Note" hideLabel><Textarea value={draft.body} onChange={(event) => setDraft({ ...draft, body: event.target.value })} placeholder="What should be remembered about it?" autoFocus /></Field>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Switch label="Share with the space" checked={draft.is_shared} onChange={(is_shared) => setDraft({ ...draft, is_shared })} />
        <span className="flex gap-2">
          <Button size="s" onClick={onCancel}>Cancel</Button>
          <Button size="s" look="primary" type="submit" busy={save.isPending} disabled={draft.body.trim() === ""}>{submit}</Button>
        </span>
      </div>
    </form>
  );
}

function Note({ note }: { note: NoteRead }) {
  const author = note.author?.name ?? "Someone who left";
  const [isEditing, setEditing] = useState(false);
  const remove = useAction({ run: () => libraryDeleteNote({ path: { note_id: note.id } }), touches: ["catalog"], done: "The note is deleted" });
  if (isEditing) {
    return (
      <Card className="p-4">
        <NoteForm initial={{ body: note.body, is_shared: note.is_shared }} submit="Save" onCancel={() => setEditing(false)} onSave={(draft) => libraryUpdateNote({ path: { note_id: note.id }, body: { body: draft.body, is_shared: draft.is_shared } })} />
      </Card>
    );
  }
  return (
    <Card className="flex gap-3 p-4">
      <Avatar name={author} size={32} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-quiet">
          <span className="font-medium text-ink">{author}</span>
          <time dateTime={note.created_at}>{formatAgo(note.created_at)}</time>
          <span className="inline-flex items-center gap-1">{note.is_shared ? <><Users size={12} aria-hidden />shared</> : <><Lock size={12} aria-hidden />only you</>}</span>
        </p>
        <p className="mt-1 font-serif text-base leading-relaxed whitespace-pre-line">{note.body}</p>
      </div>
      <div className="flex shrink-0">
        {note.can_edit ? <IconButton label="Edit the note" size="s" onClick={() => setEditing(true)}><Pencil size={14} aria-hidden /></IconButton> : null}
        {note.can_delete ? (
          <ConfirmButton title="Delete this note?" confirm="Delete" onConfirm={() => remove.mutate()} button={(ask) => <IconButton label="Delete the note" size="s" onClick={ask}><Trash2 size={14} aria-hidden /></IconButton>}>
            It cannot be brought back.
          </ConfirmButton>
        ) : null}
      </div>
    </Card>
  );
}

/** What people of the space wrote down; an empty list shows nothing but the button to start. */
export function Notes({ title }: { title: TitleRead }) {
  const can = useCan();
  const [isAdding, setAdding] = useState(false);
  const mayAdd = can("library.note.create");
  if (title.notes.length === 0 && !mayAdd) return null;
  return (
    <Section title="Notes" actions={mayAdd && !isAdding ? <Button size="s" onClick={() => setAdding(true)}>Write a note</Button> : null}>
      {isAdding ? (
        <Card className="p-4">
          <NoteForm initial={{ body: "", is_shared: false }} submit="Keep the note" onCancel={() => setAdding(false)} onSave={(draft) => libraryAddNote({ path: { title_id: title.id }, body: { body: draft.body, is_shared: draft.is_shared } })} />
        </Card>
      ) : null}
      {title.notes.map((note) => <Note key={note.id} note={note} />)}
    </Section>
  );
}
