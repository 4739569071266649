import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { catalogDismissDuplicate, catalogMergeDuplicate, catalogUndoMerge, type DuplicateRead, type TitleCore } from "@/api";
import { formatShortDate } from "@/lib/format";
import { humanise, KINDS } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Card } from "@/ui/page";
import { Poster } from "@/ui/poster/poster";
import { Badge } from "@/ui/states";
import { differences, fullerSide, type Side, startChoice } from "./compare";

const TOUCHES = ["catalog", "library", "search", "activity"] as const;

export function useUndoMerge() {
  return useAction<string>({ run: (mergeId) => catalogUndoMerge({ path: { merge_id: mergeId } }), touches: TOUCHES, done: "Both works are back" });
}

/** Two works side by side: which one stays, and whose value counts in each field that differs. */
export function DuplicateCard({ pair }: { pair: DuplicateRead }) {
  const fields = differences(pair.left, pair.right);
  const [keep, setKeep] = useState<Side>(() => fullerSide(pair.left, pair.right));
  const [chosen, setChosen] = useState<Record<string, Side> | null>(null);
  const choice = chosen ?? startChoice(fields, keep);
  const undo = useUndoMerge();
  const merge = useAction({
    run: async () => (await catalogMergeDuplicate({ path: { duplicate_id: pair.id }, body: { keep, fields: choice } })).data,
    touches: TOUCHES,
    done: (result) => `Merged into “${result.title.title}”`,
    undo: (result) => ({ label: "Undo", run: () => undo.mutate(result.merge_id) }),
  });
  const dismiss = useAction({ run: () => catalogDismissDuplicate({ path: { duplicate_id: pair.id } }), touches: ["catalog"], done: "Kept as two works" });
  const take = (side: Side): void => { setKeep(side); setChosen(null); };
  return (
    <Card className="flex flex-col gap-4 p-4 sm:p-6">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={pair.score >= 90 ? "warning" : "plain"}>{pair.score} % alike</Badge>
        <p className="text-quiet">{pair.reasons.map(humanise).join(" · ")}</p>
      </div>
      <div role="radiogroup" aria-label="Which work stays" className="grid grid-cols-2 gap-3">
        <Work title={pair.left} isKept={keep === "left"} onKeep={() => take("left")} />
        <Work title={pair.right} isKept={keep === "right"} onKeep={() => take("right")} />
      </div>
      {fields.length > 0 ? (
        <div className="flex flex-col gap-2">
          <h3 className="text-xs font-medium text-quiet">They differ in these; click what should count</h3>
          <div className="flex flex-col divide-y divide-line rounded-lg border border-line">
            {fields.map((field) => (
              <div key={field.name} role="radiogroup" aria-label={field.label} className="grid grid-cols-2 gap-1 p-1 sm:grid-cols-[7rem_1fr_1fr]">
                <span className="col-span-2 px-2 py-1 text-xs text-quiet sm:col-span-1 sm:py-2">{field.label}</span>
                {(["left", "right"] as const).map((side) => (
                  <button
                    key={side}
                    type="button"
                    role="radio"
                    aria-checked={choice[field.name] === side}
                    onClick={() => setChosen({ ...choice, [field.name]: side })}
                    className={cn("rounded-sm px-2 py-1.5 text-left break-words", choice[field.name] === side ? "bg-accent-soft font-medium" : "text-quiet hover:bg-sunken")}
                  >
                    {field[side]}
                  </button>
                ))}
              </div>
            ))}
          </div>
        </div>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button busy={dismiss.isPending} onClick={() => dismiss.mutate()}>Keep both</Button>
        <Button look="primary" busy={merge.isPending} onClick={() => merge.mutate()}>Merge into one</Button>
      </div>
    </Card>
  );
}

function Work({ title, isKept, onKeep }: { title: TitleCore; isKept: boolean; onKeep: () => void }) {
  return (
    <div className={cn("flex flex-col gap-3 rounded-lg border p-3 sm:flex-row", isKept ? "border-accent bg-accent-soft" : "border-line")}>
      <Poster work={title} sizes="80px" className="w-16 shrink-0 self-start sm:w-20" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <Link to="/titles/$titleId" params={{ titleId: title.slug }} className="font-serif text-base font-semibold break-words hover:underline">{title.title}</Link>
        <p className="text-xs text-quiet tabular">{[title.year, KINDS[title.kind], title.people].filter(Boolean).join(" · ")}</p>
        <p className="text-xs text-quiet">added {formatShortDate(title.created_at)}{title.added_by ? ` by ${title.added_by.name}` : ""}</p>
        <button type="button" role="radio" aria-checked={isKept} onClick={onKeep} className={cn("mt-auto self-start rounded-sm py-1 text-xs font-medium", isKept ? "text-accent" : "text-quiet underline underline-offset-2 hover:text-ink")}>
          {isKept ? "This one stays" : "Keep this one"}
        </button>
      </div>
    </div>
  );
}
