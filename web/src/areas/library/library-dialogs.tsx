import { useState } from "react";
import { libraryCreateLibrary, libraryDeleteLibrary, libraryUpdateLibrary, type LibraryRead } from "@/api";
import { fieldError } from "@/lib/errors";
import { plural } from "@/lib/format";
import { LIBRARY_KINDS, type LibraryKind } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { RadioCards } from "@/ui/radio-cards";
import { FormDialog } from "@/ui/dialog";
import { Field, Input, optionsOf, Select, Textarea } from "@/ui/field";
import { FormError } from "@/ui/states";

const TOUCHES = ["library", "catalog", "activity"] as const;

/** Makes a library, or changes the name and description of one. */
export function LibraryDialog({ library, onClose }: { library?: LibraryRead; onClose: () => void }) {
  const [name, setName] = useState(library?.name ?? "");
  const [description, setDescription] = useState(library?.description ?? "");
  const [kind, setKind] = useState<LibraryKind>(library?.kind ?? "mixed");
  const body = { name: name.trim(), description: description.trim(), kind };
  const save = useAction({
    inline: true,
    run: async () => (library
      ? await libraryUpdateLibrary({ path: { library_id: library.id }, body })
      : await libraryCreateLibrary({ body })).data,
    touches: TOUCHES,
    done: library ? "The library is saved" : `“${body.name}” is open`,
    onDone: onClose,
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={library ? `Edit “${library.name}”` : "New library"} submit={library ? "Save" : "Open the library"} busy={save.isPending} disabled={body.name === ""} onSubmit={() => save.mutate()}>
      {fieldError(save.error, "name") ? null : <FormError error={save.error} />}
      <Field label="Name" error={fieldError(save.error, "name")}><Input autoFocus value={name} onChange={(event) => setName(event.target.value)} placeholder="Living room" /></Field>
      <Field label="What it holds"><Select value={kind} options={optionsOf(LIBRARY_KINDS)} onValue={(value) => setKind(value as LibraryKind)} /></Field>
      <Field label="Description" optional><Textarea rows={2} value={description} onChange={(event) => setDescription(event.target.value)} /></Field>
    </FormDialog>
  );
}

interface DeleteProps {
  library: LibraryRead;
  others: readonly LibraryRead[];
  onClose: () => void;
}

/** A library goes only with a stated fate for its copies. */
export function DeleteLibraryDialog({ library, others, onClose }: DeleteProps) {
  const [fate, setFate] = useState<"move" | "delete">(others.length > 0 ? "move" : "delete");
  const [to, setTo] = useState(others[0]?.id ?? "");
  const count = plural(library.copies_count, "copy", "copies");
  const remove = useAction({
    inline: true,
    run: () => libraryDeleteLibrary({ path: { library_id: library.id }, query: fate === "move" ? { copies: fate, to } : { copies: fate } }),
    touches: TOUCHES,
    done: `“${library.name}” is deleted`,
    onDone: onClose,
  });
  const options = [
    ...(others.length > 0 ? [{ value: "move" as const, label: "Move them", hint: `All ${count} go to another library.` }] : []),
    { value: "delete" as const, label: "Delete them too", hint: `All ${count} and their loans are gone for good. The works stay.` },
  ];
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={`Delete “${library.name}”?`} look="danger" submit="Delete the library" busy={remove.isPending} onSubmit={() => remove.mutate()}>
      <FormError error={remove.error} />
      {library.copies_count === 0 ? <p className="text-quiet">It holds no copies.</p> : <RadioCards label="What happens to its copies" value={fate} onChange={setFate} options={options} />}
      {library.copies_count > 0 && fate === "move" ? <Field label="Move to"><Select value={to} options={others.map(({ id, name }) => ({ value: id, label: name }))} onValue={setTo} /></Field> : null}
    </FormDialog>
  );
}
