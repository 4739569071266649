import { useState } from "react";
import { libraryLendCopy } from "@/api";
import { fieldError } from "@/lib/errors";
import { today } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { FormDialog } from "@/ui/dialog";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { FormError } from "@/ui/states";
import type { Lendable } from "./lendable";
import { returnLoan } from "./return-loan";

interface LendDialogProps {
  title: string;
  /** One copy, or those among which the person chooses. */
  copies: readonly Lendable[];
  onClose: () => void;
}

export function LendDialog({ title, copies, onClose }: LendDialogProps) {
  const [copyId, setCopyId] = useState(copies[0]?.id ?? "");
  const [borrower, setBorrower] = useState("");
  const [dueOn, setDueOn] = useState(today(28));
  const [note, setNote] = useState("");
  const lend = useAction({
    inline: true,
    run: async () => (await libraryLendCopy({ path: { copy_id: copyId }, body: { borrower: borrower.trim(), due_on: dueOn || null, note: note.trim() || null } })).data,
    touches: ["catalog", "library", "activity"],
    done: (loan) => `Lent to ${loan.borrower}`,
    undo: (loan) => ({ label: "Undo", run: () => void returnLoan(loan.id).then(() => taken.mutate()) }),
    onDone: onClose,
  });
  // Runs after this dialog is gone; it only refreshes what shows the copy.
  const taken = useAction({ run: () => Promise.resolve(), touches: ["catalog", "library", "activity"] });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={`Lend “${title}”`} submit="Lend" busy={lend.isPending} disabled={borrower.trim() === ""} onSubmit={() => lend.mutate()}>
      {fieldError(lend.error, "borrower") ? null : <FormError error={lend.error} />}
      {copies.length > 1 ? (
        <Field label="Copy"><Select value={copyId} onValue={setCopyId} options={copies.map(({ id, label }) => ({ value: id, label }))} /></Field>
      ) : null}
      <Field label="To whom" error={fieldError(lend.error, "borrower")}><Input value={borrower} onChange={(event) => setBorrower(event.target.value)} autoFocus required /></Field>
      <Field label="Back by" optional><Input type="date" value={dueOn} min={today()} onChange={(event) => setDueOn(event.target.value)} /></Field>
      <Field label="Note" optional><Textarea rows={2} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
    </FormDialog>
  );
}
