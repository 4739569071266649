import { Handshake, Plus, Undo2 } from "lucide-react";
import { Suspense, useState } from "react";
import type { TitleRead } from "@/api";
import { useCan } from "@/lib/session";
import { Button } from "@/ui/button";
import { CopyDialog, LendDialog } from "./dialogs";
import { lendable } from "./lendable";
import { useReturn } from "./return-loan";

/** The one next action on a work that people own: lend it, take it back, or say that they have it. */
export function PrimaryAction({ title }: { title: TitleRead }) {
  const can = useCan();
  const [open, setOpen] = useState<"lend" | "add" | null>(null);
  const giveBack = useReturn();
  const copies = title.editions.flatMap((edition) => edition.copies.map((copy) => ({ copy, edition })));
  const free = copies.flatMap(({ copy, edition }) => (copy.loan ? [] : [lendable(copy, edition)]));
  const lent = copies.find(({ copy }) => copy.loan)?.copy.loan;
  return (
    <>
      {copies.length === 0 && can("library.copy.create") ? (
        <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setOpen("add")}>Add a copy</Button>
      ) : null}
      {free.length > 0 && can("library.copy.lend") ? (
        <Button look="primary" icon={<Handshake size={16} aria-hidden />} onClick={() => setOpen("lend")}>Lend</Button>
      ) : null}
      {free.length === 0 && lent && can("library.copy.lend") ? (
        <Button look="primary" icon={<Undo2 size={16} aria-hidden />} busy={giveBack.isPending} onClick={() => giveBack.mutate(lent.id)}>Take back from {lent.borrower}</Button>
      ) : null}
      {open === "lend" ? <Suspense fallback={null}><LendDialog title={title.title} copies={free} onClose={() => setOpen(null)} /></Suspense> : null}
      {open === "add" ? <Suspense fallback={null}><CopyDialog title={title} onClose={() => setOpen(null)} /></Suspense> : null}
    </>
  );
}
