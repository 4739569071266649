import { Bell } from "lucide-react";
import type { GuideProgramme } from "@/api";
import { cn } from "@/ui/cn";
import { span, toPixels } from "./time";

interface EntryProps {
  entry: GuideProgramme;
  row: number;
  origin: number;
  now: number;
  /** Where the view begins: the words of an entry that began before stay in sight. */
  left: number;
  /** The person asked to be told of it. */
  isReminded: boolean;
  onOpen: (id: string) => void;
  onFocus: () => void;
}

/** Less wide, an entry has room for its name only. */
const NARROW = 112;

/** One programme in the grid. */
export function Entry({ entry, row, origin, now, left, isReminded, onOpen, onFocus }: EntryProps) {
  const start = Date.parse(entry.start);
  const stop = Date.parse(entry.stop);
  const x = toPixels(start - origin);
  const width = toPixels(stop - start);
  const isOn = start <= now && stop > now;
  const shift = Math.min(Math.max(0, left - x), Math.max(0, width - 96));
  const flag = entry.is_premiere ? "Premiere" : entry.is_new ? "New" : null;
  return (
    <div role="gridcell" className="absolute top-0 h-full p-0.5" style={{ left: `calc(var(--guide-channel) + ${x}px)`, width }}>
      <button type="button" data-entry={entry.id} data-row={row} onClick={() => onOpen(entry.id)} onFocus={onFocus} title={`${entry.title}, ${span(entry.start, entry.stop)}`}
        className={cn(
          "block size-full overflow-hidden rounded-sm border text-left text-xs transition-colors duration-100 focus-visible:outline-offset-[-2px]",
          isOn ? "border-accent bg-accent-soft" : stop <= now ? "border-line bg-sunken text-quiet" : "border-line bg-raised hover:border-line-strong",
        )}>
        <span className="block px-2 py-1.5" style={{ transform: `translateX(${shift}px)`, maxWidth: width - shift }}>
          <span className={cn("font-medium", width < NARROW ? "line-clamp-2 break-words" : "line-clamp-1")}>
            {isReminded ? <><Bell size={12} className="mr-1 inline text-accent" aria-hidden /><span className="sr-only">Reminder set: </span></> : null}{entry.title}
          </span>
          {width < NARROW ? null : (
            <span className="line-clamp-1 text-quiet">
              <span className="tabular">{span(entry.start, entry.stop)}</span>{flag ? ` · ${flag}` : ""}{entry.sub_title ? ` · ${entry.sub_title}` : ""}
            </span>
          )}
        </span>
      </button>
    </div>
  );
}
