import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { type BulkEdit, type BulkOutcome, catalogBulkEdit, catalogPreviewBulkEdit } from "@/api";
import { fieldError } from "@/lib/errors";
import { plural } from "@/lib/format";
import { humanise, type Status, STATUSES } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { asWords } from "@/lib/words";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field, Input, optionsOf, Select } from "@/ui/field";
import { FormError } from "@/ui/states";
import { TermInput } from "../term-input";


export type BulkTarget = Pick<BulkEdit, "ids" | "filter">;

interface Draft {
  status: string;
  age_rating: string;
  minimum_age: string;
  add_tags: string[];
  remove_tags: string[];
  add_genres: string[];
  remove_genres: string[];
}

const EMPTY: Draft = { status: "", age_rating: "", minimum_age: "", add_tags: [], remove_tags: [], add_genres: [], remove_genres: [] };

function toEdit(target: BulkTarget, { status, age_rating, minimum_age, ...lists }: Draft): BulkEdit {
  return { ...target, ...lists, set: { ...(status ? { status: status as Status } : {}), ...(age_rating ? { age_rating } : {}), ...(minimum_age ? { minimum_age: Number(minimum_age) } : {}) } };
}

const isEmpty = (draft: Draft): boolean => Object.values(draft).every((value: string | string[]) => value.length === 0);

interface BulkDialogProps {
  target: BulkTarget;
  count: number;
  onClose: () => void;
  onDone: () => void;
}

/** First what should change, then what would, then it does. */
export function BulkDialog({ target, count, onClose, onDone }: BulkDialogProps) {
  const [draft, setDraft] = useState(EMPTY);
  const [isTried, setTried] = useState(false);
  const [preview, setPreview] = useState<BulkOutcome | null>(null);
  const look = useAction({ inline: true, touches: [], run: async () => (await catalogPreviewBulkEdit({ body: toEdit(target, draft) })).data, onDone: setPreview });
  const apply = useAction({
    inline: true,
    touches: ["catalog", "activity"],
    run: async () => (await catalogBulkEdit({ body: toEdit(target, draft) })).data,
    done: (result) => `${plural(result.count, "work")} changed`,
    onDone: () => { onDone(); onClose(); },
  });
  const set = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const footer = preview ? (
    <>
      <Button onClick={() => setPreview(null)}>Back</Button>
      <Button look="primary" busy={apply.isPending} disabled={preview.count === 0} onClick={() => apply.mutate()}>Change {plural(preview.count, "work")}</Button>
    </>
  ) : (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button look="primary" busy={look.isPending} onClick={() => { setTried(true); if (!isEmpty(draft)) look.mutate(); }}>Preview</Button>
    </>
  );
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} size="l" title={`Edit ${plural(count, "work")} together`} description={preview ? "This is what would change. Nothing is saved yet." : "Fill in only what should change; the rest stays as it is."} footer={footer}>
      <div className="flex flex-col gap-4">
        <FormError error={look.error ?? apply.error} />
        {isTried && isEmpty(draft) ? <p role="alert" className="text-danger">Fill in at least one field.</p> : null}
        {preview ? <Preview result={preview} /> : (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Add genres"><TermInput scheme="genre" values={draft.add_genres} onChange={(add_genres) => set({ add_genres })} /></Field>
            <Field label="Take away genres"><TermInput scheme="genre" values={draft.remove_genres} onChange={(remove_genres) => set({ remove_genres })} /></Field>
            <Field label="Add tags"><TermInput scheme="tag" values={draft.add_tags} onChange={(add_tags) => set({ add_tags })} /></Field>
            <Field label="Take away tags"><TermInput scheme="tag" values={draft.remove_tags} onChange={(remove_tags) => set({ remove_tags })} /></Field>
            <Field label="Status"><Select value={draft.status} blank="Leave as it is" options={optionsOf(STATUSES)} onValue={(status) => set({ status })} /></Field>
            <Field label="Age rating"><Input value={draft.age_rating} onChange={(event) => set({ age_rating: event.target.value })} placeholder="Leave as it is" /></Field>
            <Field label="For people from the age of" error={fieldError(look.error, "minimum_age")}><Input type="number" min={0} max={21} value={draft.minimum_age} onChange={(event) => set({ minimum_age: event.target.value })} placeholder="Leave as it is" /></Field>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Preview({ result }: { result: BulkOutcome }) {
  if (result.count === 0) return <p className="text-quiet">Nothing would change: these works have those values already.</p>;
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex max-h-96 flex-col divide-y divide-line overflow-y-auto rounded-lg border border-line" tabIndex={0} aria-label="Changes">
        {result.changes.map((change) => (
          <li key={change.id} className="flex flex-col gap-1 px-3 py-2 sm:flex-row sm:gap-4">
            <span className="font-medium sm:w-2/5">{change.title}</span>
            <span className="flex-1">
              {Object.entries(change.changes).map(([field, { before, after }]) => (
                <span key={field} className="flex flex-wrap items-center gap-1.5">
                  <span className="text-xs text-quiet">{humanise(field)}</span>
                  <s className="text-quiet">{asWords(before)}</s>
                  <ArrowRight size={12} className="text-quiet" aria-label="becomes" />
                  <span>{asWords(after)}</span>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {result.count > result.changes.length ? <p className="text-quiet">and {plural(result.count - result.changes.length, "work")} more of the same kind</p> : null}
    </div>
  );
}
