import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CopyItem, type EditionRead, libraryAddCopy, libraryUpdateCopy, libraryUpdateEdition, type TitleRead } from "@/api";
import { FORMATS, FORMATS_OF, labelOf } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { FormDialog } from "@/ui/dialog";
import { Field, Select } from "@/ui/field";
import { FormError, SkeletonRows } from "@/ui/states";
import { copyFields, draftOf, editionDraft, editionFields, emptyDraft, NEW_EDITION } from "./copy-draft";
import { CopyFields, EditionFields } from "./copy-fields";
import { librariesOptions } from "./data";

const TOUCHES = ["catalog", "library", "search", "activity"] as const;

interface CopyDialogProps {
  title: Pick<TitleRead, "id" | "title" | "kind" | "editions">;
  onClose: () => void;
}

/** Adds a copy: of an edition that is known, or of one described here. */
export function CopyDialog({ title, onClose }: CopyDialogProps) {
  const libraries = useQuery(librariesOptions);
  const home = libraries.data?.find((library) => library.is_default)?.slug ?? libraries.data?.[0]?.slug ?? "";
  const firstEdition = title.editions[0]?.id ?? NEW_EDITION;
  const [typed, setTyped] = useState(() => emptyDraft(FORMATS_OF[title.kind][0] ?? "other", "", firstEdition));
  const draft = { ...typed, library: typed.library || home };
  const isNew = draft.editionId === NEW_EDITION;
  const add = useAction({
    inline: true,
    run: () => libraryAddCopy({
      body: { ...copyFields(draft), ...(isNew ? { title_id: title.id, edition: editionFields(draft) } : { edition_id: draft.editionId }) },
    }),
    touches: TOUCHES,
    done: "The copy is on the shelf",
    onDone: onClose,
  });
  const change = (part: Partial<typeof draft>): void => setTyped({ ...draft, ...part });
  const editions = [...title.editions.map((edition) => ({ value: edition.id, label: editionLabel(edition) })), { value: NEW_EDITION, label: "Another edition" }];
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} size="l" title={`Add a copy of “${title.title}”`} submit="Add the copy" busy={add.isPending} disabled={home === ""} onSubmit={() => add.mutate()}>
      <FormError error={add.error ?? libraries.error} />
      {title.editions.length > 0 ? <Field label="Edition"><Select value={draft.editionId} options={editions} onValue={(editionId) => change({ editionId })} /></Field> : null}
      {isNew ? <EditionFields draft={draft} onChange={change} kind={title.kind} /> : null}
      {libraries.isPending ? <SkeletonRows count={2} /> : <CopyFields draft={draft} onChange={change} libraries={libraries.data ?? []} />}
    </FormDialog>
  );
}

export function editionLabel(edition: Pick<EditionRead, "format" | "name" | "region">): string {
  return [labelOf(FORMATS, edition.format), edition.name, edition.region ? `region ${edition.region}` : null].filter(Boolean).join(", ");
}

export function EditCopyDialog({ copy, title, onClose }: { copy: CopyItem; title: string; onClose: () => void }) {
  const libraries = useQuery(librariesOptions);
  const [draft, setDraft] = useState(() => draftOf(copy));
  const save = useAction({
    inline: true,
    run: () => libraryUpdateCopy({ path: { copy_id: copy.id }, body: copyFields(draft) }),
    touches: TOUCHES,
    done: "The copy is saved",
    onDone: onClose,
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} size="l" title={`Edit this copy of “${title}”`} submit="Save" busy={save.isPending} onSubmit={() => save.mutate()}>
      <FormError error={save.error} />
      <CopyFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} libraries={libraries.data ?? []} />
    </FormDialog>
  );
}

export function EditEditionDialog({ edition, kind, onClose }: { edition: EditionRead; kind: TitleRead["kind"]; onClose: () => void }) {
  const [draft, setDraft] = useState(() => editionDraft(edition));
  const save = useAction({
    inline: true,
    run: () => libraryUpdateEdition({ path: { edition_id: edition.id }, body: editionFields(draft) }),
    touches: TOUCHES,
    done: "The edition is saved",
    onDone: onClose,
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} size="l" title="Edit this edition" description={editionLabel(edition)} submit="Save" busy={save.isPending} onSubmit={() => save.mutate()}>
      <FormError error={save.error} />
      <EditionFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} kind={kind} />
    </FormDialog>
  );
}
