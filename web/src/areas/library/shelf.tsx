import { Ellipsis, Handshake, Pencil, Plus, Trash2, Undo2 } from "lucide-react";
import { Suspense, useState } from "react";
import { type CopyItem, type EditionRead, libraryDeleteCopy, libraryDeleteEdition, type TitleRead } from "@/api";
import { formatMoney, formatShortDate, plural } from "@/lib/format";
import { CONDITIONS, FORMATS, labelOf, RESOLUTIONS } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { Button, IconButton } from "@/ui/button";
import { Confirm } from "@/ui/dialog";
import { Menu, MenuItem, MenuLine } from "@/ui/menu";
import { Card, Section } from "@/ui/page";
import { CopyDialog, EditCopyDialog, EditEditionDialog, LendDialog } from "./dialogs";
import { lendable } from "./lendable";
import { LoanBadge } from "./loan-badge";
import { useReturn } from "./return-loan";

const TOUCHES = ["catalog", "library", "activity"] as const;

/** What we own of a work: its editions, and each copy with where it stands and who has it. */
export function Shelf({ title }: { title: TitleRead }) {
  const can = useCan();
  const [isAdding, setAdding] = useState(false);
  const mayAdd = can("library.copy.create");
  if (title.editions.length === 0 && !mayAdd) return null;
  return (
    <Section title="On the shelf" actions={mayAdd && title.editions.length > 0 ? <Button size="s" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>Add a copy</Button> : null}>
      {title.editions.length === 0 ? (
        <Card className="flex flex-wrap items-center gap-3 p-4 text-quiet">
          <p className="flex-1">No copy of this work is owned yet.</p>
          <Button size="s" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>Add a copy</Button>
        </Card>
      ) : title.editions.map((edition) => <Edition key={edition.id} edition={edition} title={title} />)}
      {isAdding ? <Suspense fallback={null}><CopyDialog title={title} onClose={() => setAdding(false)} /></Suspense> : null}
    </Section>
  );
}

function Edition({ edition, title }: { edition: EditionRead; title: TitleRead }) {
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const remove = useAction({ run: () => libraryDeleteEdition({ path: { edition_id: edition.id } }), touches: TOUCHES, done: "The edition is deleted", onDone: () => setOpen(null) });
  const facts = [
    edition.resolution ? labelOf(RESOLUTIONS, edition.resolution) : null,
    edition.region ? `Region ${edition.region}` : null,
    edition.publisher,
    edition.released_on ? formatShortDate(edition.released_on) : null,
    edition.barcode,
  ].filter(Boolean);
  return (
    <Card>
      <div className="flex items-start gap-3 px-4 pt-3 pb-2">
        <div className="min-w-0 flex-1">
          <h3 className="font-medium">{labelOf(FORMATS, edition.format)}{edition.name ? <span className="font-normal text-quiet">, {edition.name}</span> : null}</h3>
          {facts.length > 0 ? <p className="text-xs text-quiet tabular">{facts.join(" · ")}</p> : null}
        </div>
        {edition.can_edit ? (
          <Menu trigger={<IconButton label="Edition actions" size="s"><Ellipsis size={16} aria-hidden /></IconButton>}>
            <MenuItem icon={<Pencil size={16} aria-hidden />} onSelect={() => setOpen("edit")}>Edit the edition</MenuItem>
            <MenuItem danger icon={<Trash2 size={16} aria-hidden />} onSelect={() => setOpen("delete")}>Delete the edition</MenuItem>
          </Menu>
        ) : null}
      </div>
      {edition.copies.length > 0 ? <ul className="divide-y divide-line border-t border-line">{edition.copies.map((copy) => <CopyRow key={copy.id} copy={copy} edition={edition} title={title.title} />)}</ul> : <p className="px-4 pb-3 text-quiet">No copy of this edition</p>}
      {open === "edit" ? <Suspense fallback={null}><EditEditionDialog edition={edition} kind={title.kind} onClose={() => setOpen(null)} /></Suspense> : null}
      <Confirm open={open === "delete"} onOpenChange={(on) => setOpen(on ? "delete" : null)} title="Delete this edition?" confirm="Delete" busy={remove.isPending} onConfirm={() => remove.mutate()}>
        {edition.copies.length > 0 ? `Its ${plural(edition.copies.length, "copy", "copies")} and their loans go with it.` : "The work itself stays."}
      </Confirm>
    </Card>
  );
}

function CopyRow({ copy, edition, title }: { copy: CopyItem; edition: EditionRead; title: string }) {
  const can = useCan();
  const giveBack = useReturn();
  const [open, setOpen] = useState<"edit" | "lend" | "delete" | null>(null);
  const remove = useAction({ run: () => libraryDeleteCopy({ path: { copy_id: copy.id } }), touches: TOUCHES, done: "The copy is deleted", onDone: () => setOpen(null) });
  const { loan } = copy;
  const facts = [
    copy.condition ? labelOf(CONDITIONS, copy.condition) : null,
    copy.bought_on ? `bought ${formatShortDate(copy.bought_on)}` : null,
    copy.price_cents === null ? null : formatMoney(copy.price_cents, copy.currency),
    copy.signed ? "signed" : null,
  ].filter(Boolean);
  const mayLend = can("library.copy.lend");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-48">
        <p>{[copy.library.name, copy.location].filter(Boolean).join(" · ")}</p>
        {facts.length > 0 ? <p className="text-xs text-quiet tabular">{facts.join(" · ")}</p> : null}
        {copy.notes ? <p className="text-xs text-quiet">{copy.notes}</p> : null}
      </div>
      {loan ? <LoanBadge loan={loan} /> : null}
      <div className="flex items-center gap-1">
        {mayLend && loan ? <Button size="s" icon={<Undo2 size={14} aria-hidden />} busy={giveBack.isPending} onClick={() => giveBack.mutate(loan.id)}>Take back</Button> : null}
        {mayLend && !loan ? <Button size="s" icon={<Handshake size={14} aria-hidden />} onClick={() => setOpen("lend")}>Lend</Button> : null}
        {copy.can_edit ? (
          <Menu trigger={<IconButton label="Copy actions" size="s"><Ellipsis size={16} aria-hidden /></IconButton>}>
            <MenuItem icon={<Pencil size={16} aria-hidden />} onSelect={() => setOpen("edit")}>Edit the copy</MenuItem>
            <MenuLine />
            <MenuItem danger icon={<Trash2 size={16} aria-hidden />} onSelect={() => setOpen("delete")}>Delete the copy</MenuItem>
          </Menu>
        ) : null}
      </div>
      {open === "edit" ? <Suspense fallback={null}><EditCopyDialog copy={copy} title={title} onClose={() => setOpen(null)} /></Suspense> : null}
      {open === "lend" ? <Suspense fallback={null}><LendDialog title={title} copies={[lendable(copy, edition)]} onClose={() => setOpen(null)} /></Suspense> : null}
      <Confirm open={open === "delete"} onOpenChange={(on) => setOpen(on ? "delete" : null)} title="Delete this copy?" confirm="Delete" busy={remove.isPending} onConfirm={() => remove.mutate()}>
        The work and its edition stay; the copy and its loans are gone.
      </Confirm>
    </li>
  );
}
