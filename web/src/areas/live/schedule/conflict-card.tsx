import { TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ScheduleRead } from "@/api";
import { Button } from "@/ui/button";
import { offersOf, type Offer } from "./places";
import type { Conflict } from "./use-changes";
import { clock } from "./zone";

interface CardProps {
  conflict: Conflict;
  entries: readonly ScheduleRead[];
  zone: string;
  isBusy: boolean;
  /** In a form, giving back means to go on editing. */
  back: string;
  onAccept: (offer: Offer) => void;
  onBack: () => void;
  onEdit?: (() => void) | undefined;
}

const SHOWN = 4;

/** Says what is in the way, where it is, and what can be done; nothing is lost until somebody decides. */
export function ConflictCard({ conflict, entries, zone, isBusy, back, onAccept, onBack, onEdit }: CardProps) {
  const { draft, met } = conflict;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    box.current?.focus({ preventScroll: true });
  }, [conflict]);
  const offers = offersOf(draft, met, entries, zone);
  const title = draft.words.title || "The new entry";
  return (
    <div ref={box} role="alertdialog" aria-label="In the way" tabIndex={-1} onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); onBack(); } }}
      className="flex flex-col gap-3 rounded-lg border border-danger/60 bg-raised p-4 text-left text-sm shadow-raised outline-none animate-rise">
      <div className="flex gap-2.5">
        <TriangleAlert size={18} aria-hidden className="mt-0.5 shrink-0 text-danger" />
        <div className="min-w-0">
          <p className="font-medium">“{title}” at {clock(draft.place.start, zone)}–{clock(draft.place.stop, zone)} overlaps</p>
          <ul className="mt-1 text-quiet tabular">
            {met.slice(0, SHOWN).map((one) => <li key={one.id ?? one.start} className="break-words"><span className="text-ink">{one.title}</span> at {clock(one.start, zone)}–{clock(one.stop, zone)}</li>)}
            {met.length > SHOWN ? <li>and {met.length - SHOWN} more</li> : null}
          </ul>
        </div>
      </div>
      <div className="flex flex-col gap-1.5">
        {offers.map((offer) => (
          <Button key={offer.key} size="s" disabled={isBusy} className="h-auto min-h-8 w-full justify-start py-1.5 text-left whitespace-normal!" onClick={() => onAccept(offer)}>{offer.label}</Button>
        ))}
      </div>
      <div className="flex flex-wrap gap-2 border-t border-line pt-3">
        <Button size="s" look="quiet" disabled={isBusy} onClick={onBack}>{back}</Button>
        {onEdit ? <Button size="s" look="quiet" disabled={isBusy} onClick={onEdit}>Edit it</Button> : null}
      </div>
    </div>
  );
}
