import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { ScheduleRead } from "@/api";
import { cn } from "@/ui/cn";
import { ColumnView } from "./column";
import { gapAround, inTheWay, type Place, placeOf } from "./places";
import type { Conflict } from "./use-changes";
import { type Column, type Preview, useDrag } from "./use-drag";
import { useKeys } from "./use-keys";
import { changeOf, clock, HOUR, hoursOf } from "./zone";

interface GridProps {
  columns: readonly Column[];
  heads: readonly { key: string; title: ReactNode; note: string; label: string }[];
  entries: readonly ScheduleRead[];
  zone: string;
  now: number;
  hour: number;
  conflict: Conflict | null;
  /** Told beside the entry that was refused. */
  card: ReactNode;
  onOpen: (entry: ScheduleRead) => void;
  onNew: (place: Place) => void;
  onMove: (entry: ScheduleRead, place: Place) => void;
  onRemove: (entry: ScheduleRead) => void;
}

const EVENING = 18;

/** Columns of time side by side: days of one channel, or channels on one day. */
export function TimeGrid({ columns, heads, entries, zone, now, hour, conflict, card, onOpen, onNew, onMove, onRemove }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const drop = ({ entry, place }: Preview): void => { if (entry) onMove(entry, place); else onNew(place); };
  const drag = useDrag({
    grid, scroller, columns, entries, onDrop: drop,
    onTap: ({ channel, at }) => {
      const gap = gapAround(entries, channel, at, HOUR);
      const start = Math.max(gap.start, Math.floor(at / (HOUR / 4)) * (HOUR / 4));
      onNew({ channel, start, stop: Math.min(gap.stop, start + HOUR) });
    },
  });
  const keys = useKeys({ columns, entries, zone, onDrop: drop, onRemove });
  const refused = conflict ? { entry: conflict.draft.entry, place: conflict.draft.place } : null;
  const preview = drag.preview ?? keys.preview;
  const shown = preview ?? refused;
  const met = useMemo(() => new Set((shown ? inTheWay(entries, shown.place, shown.entry?.id ?? null) : []).map((one) => one.id)), [shown, entries]);
  const first = columns[0];
  const place = conflict?.draft.place;
  const told = place && columns.find((one) => one.channel === place.channel && place.start < one.stop && place.stop > one.start);
  // The ruler is that of an ordinary day; days when clocks change carry their own.
  const ruler = columns.find((one) => changeOf(one.day, zone) === 0) ?? first;
  const longest = Math.max(...columns.map((one) => one.stop - one.start));
  const showsNow = columns.some((one) => now >= one.start && now < one.stop);
  const range = `${first?.start ?? 0} ${hour}`;

  useEffect(() => {
    const node = scroller.current;
    if (!node || !first) return;
    const at = showsNow ? (now - (columns.find((one) => now >= one.start && now < one.stop)?.start ?? now)) / HOUR - 1 : EVENING;
    node.scrollTop = Math.max(0, at * hour);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when other days come, not as the minutes pass
  }, [range]);

  const announced = preview ? `${preview.entry?.title ?? "New entry"}, ${clock(preview.place.start, zone)} to ${clock(preview.place.stop, zone)}${met.size > 0 ? `, ${met.size} in the way` : ""}. ${keys.preview ? "Enter saves, Escape gives it back." : ""}` : "";
  return (
    <div className="rounded-lg border border-line bg-raised">
      <p className="sr-only" aria-live="polite">{announced}</p>
      <div ref={scroller} role="region" aria-label="Schedule" tabIndex={0} className="relative h-[calc(100dvh-20.5rem)] min-h-96 overflow-auto rounded-lg">
        <div className="sticky top-0 z-30 flex w-max min-w-full border-b border-line bg-raised">
          <div className="sticky left-0 z-10 w-14 shrink-0 bg-raised" />
          {heads.map((head) => (
            <div key={head.key} className="min-w-0 flex-1 basis-36 border-l border-line px-2 py-2" style={{ minWidth: "8rem" }}>
              <div className="truncate font-medium">{head.title}</div>
              {head.note ? <div className="truncate text-xs text-warning">{head.note}</div> : null}
            </div>
          ))}
        </div>
        <div ref={grid} onPointerDown={drag.onPointerDown} onKeyDown={keys.onKeyDown} onBlur={keys.onBlur}
          onClickCapture={(event) => { if (drag.wasDrag(event)) { event.preventDefault(); event.stopPropagation(); } }}
          className={cn("flex w-max min-w-full bg-surface", drag.isDragging && "select-none *:cursor-grabbing")}>
          <div data-still className="sticky left-0 z-20 w-14 shrink-0 bg-raised" style={{ height: (longest / HOUR) * hour }}>
            {ruler ? hoursOf(ruler.day, zone).map((mark) => (
              <time key={mark.at} dateTime={new Date(mark.at).toISOString()} className={cn("absolute right-2 -translate-y-1/2 text-xs", mark.isAgain ? "font-medium text-warning" : "text-quiet")} style={{ top: Math.max(8, ((mark.at - ruler.start) / HOUR) * hour) }}>{mark.label}</time>
            )) : null}
          </div>
          {columns.map((column, index) => {
            const ours = entries.filter((one) => {
              const { channel, start, stop } = placeOf(one);
              return channel === column.channel && start < column.stop && stop > column.start;
            });
            const holds = column.key === told?.key;
            return (
              <ColumnView key={column.key} column={column} entries={ours} zone={zone} now={now} hour={hour} preview={preview} refused={refused} inTheWay={met} isRuled={changeOf(column.day, zone) !== 0 && column.day !== ruler?.day}
                label={heads[index]?.label ?? ""} onOpen={onOpen}>
                {holds && conflict ? (
                  <div data-still className={cn("absolute z-30 w-80 max-w-[80vw] cursor-default", index > columns.length / 2 - 0.5 && columns.length > 1 ? "right-full mr-2" : columns.length === 1 ? "left-4" : "left-full ml-2")}
                    style={{ top: Math.max(8, Math.min(((conflict.draft.place.start - column.start) / HOUR) * hour - 24, ((column.stop - column.start) / HOUR) * hour - 420)) }}>{card}</div>
                ) : null}
              </ColumnView>
            );
          })}
        </div>
      </div>
    </div>
  );
}
