import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type LibraryRead, libraryTransferLibrary, type TransferSummary } from "@/api";
import { fieldError } from "@/lib/errors";
import { plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { useSession, useSpace } from "@/lib/session";
import { FormDialog } from "@/ui/dialog";
import { Field, Select } from "@/ui/field";
import { ErrorNote, FormError, SkeletonRows } from "@/ui/states";

/** Spaces that this person could give a library to: the server asks for both permissions there. */
export function useTransferTargets(): { value: string; label: string }[] {
  const here = useSpace()?.slug;
  const { spaces } = useSession();
  return spaces
    .filter((space) => space.slug !== here && ["library.library.manage", "library.copy.create"].every((needed) => (space.permissions as readonly string[]).includes(needed)))
    .map((space) => ({ value: space.slug, label: space.name }));
}

/** Gives a library to another space. What goes and what stays is counted by a rehearsal first. */
export function TransferDialog({ library, onClose }: { library: LibraryRead; onClose: () => void }) {
  const targets = useTransferTargets();
  const [to, setTo] = useState(targets.length === 1 ? (targets[0]?.value ?? "") : "");
  const path = { library_id: library.id };
  const plan = useQuery({
    queryKey: [{ _id: "rehearseTransfer", id: library.id, to }],
    queryFn: async ({ signal }) => (await libraryTransferLibrary({ path, body: { space: to, rehearse: true }, signal })).data,
    enabled: to !== "",
    retry: false,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const nameOf = targets.find(({ value }) => value === to)?.label ?? to;
  const transfer = useAction({
    inline: true,
    run: () => libraryTransferLibrary({ path, body: { space: to, rehearse: false } }),
    touches: ["library", "catalog", "activity"],
    done: `“${library.name}” is on its way to “${nameOf}”; large libraries take some minutes`,
    onDone: onClose,
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={`Give “${library.name}” to another space`} description="The library leaves this space. Its works stay here too, without these copies." submit="Give it away" busy={transfer.isPending} disabled={!plan.data} onSubmit={() => transfer.mutate()}>
      <FormError error={transfer.error} />
      <Field label="To" error={fieldError(plan.error, "space")}><Select value={to} blank="Choose a space" options={targets} onValue={setTo} /></Field>
      {to !== "" && plan.isPending ? <SkeletonRows count={4} className="h-6" /> : null}
      {plan.isError && !fieldError(plan.error, "space") ? <ErrorNote error={plan.error} /> : null}
      {plan.data ? <Statement plan={plan.data} there={nameOf} /> : null}
    </FormDialog>
  );
}

/** In plain words: what goes, what is made there, what stays. */
function Statement({ plan, there }: { plan: TransferSummary; there: string }) {
  const lines = [
    `${plural(plan.copies, "copy", "copies")}${plan.loans > 0 ? ` and ${plural(plan.loans, "loan")}` : ""} ${plan.copies === 1 && plan.loans === 0 ? "moves" : "move"} to “${there}”, with everything written on them.`,
    plan.titles_made > 0 ? `${plural(plan.titles_made, "work")} that “${there}” does not have yet ${plan.titles_made === 1 ? "is" : "are"} made there, with posters and covers.` : null,
    plan.titles_found > 0 ? `${plural(plan.titles_found, "work")} ${plan.titles_found === 1 ? "is" : "are"} there already; the copies join ${plan.titles_found === 1 ? "it" : "them"}.` : null,
    plan.notes > 0 ? `${plural(plan.notes, "note")} of people who are members of both spaces ${plan.notes === 1 ? "is" : "are"} copied there, for themselves alone.` : null,
    "All works, ratings and notes stay here as they are.",
  ].filter((line) => line !== null);
  return <ul aria-label="What happens" className="flex list-disc flex-col gap-1.5 rounded-lg bg-sunken py-3 pr-4 pl-8">{lines.map((line) => <li key={line}>{line}</li>)}</ul>;
}
