import type { ReactNode } from "react";
import type { ScheduleRead } from "@/api";
import { cn } from "@/ui/cn";
import { Block } from "./block";
import { Ghost } from "./ghost";
import { placeOf } from "./places";
import type { Column, Preview } from "./use-drag";
import { HOUR, hoursOf } from "./zone";

interface ColumnProps {
  column: Column;
  entries: readonly ScheduleRead[];
  zone: string;
  now: number;
  /** Pixels of an hour. */
  hour: number;
  preview: Preview | null;
  refused: Preview | null;
  inTheWay: ReadonlySet<string>;
  label: string;
  /** It has hours of its own, because clocks change on this day and not on the others. */
  isRuled: boolean;
  onOpen: (entry: ScheduleRead) => void;
  children?: ReactNode;
}

/** One channel's day, from midnight to midnight as the hours pass: 23, 24 or 25 of them. */
export function ColumnView({ column, entries, zone, now, hour, preview, refused, inTheWay, label, isRuled, onOpen, children }: ColumnProps) {
  const height = ((column.stop - column.start) / HOUR) * hour;
  const y = (moment: number): number => ((moment - column.start) / HOUR) * hour;
  const within = (start: number, stop: number): { top: number; height: number } => {
    const top = Math.max(0, y(start));
    return { top, height: Math.min(height, y(stop)) - top };
  };
  const hours = hoursOf(column.day, zone);
  const moving = preview ?? refused;
  const shows = moving?.place.channel === column.channel && moving.place.start < column.stop && moving.place.stop > column.start;
  return (
    <div data-column={column.key} role="group" aria-label={label} className="relative min-w-0 flex-1 basis-36 cursor-crosshair border-l border-line" style={{ height, minWidth: "8rem" }}>
      {hours.map((mark, index) => (
        <div key={mark.at} aria-hidden className={cn("pointer-events-none absolute inset-x-0 border-t", mark.isAgain ? "border-t-2 border-warning" : "border-line")} style={{ top: y(mark.at), height: hour }}>
          <div className="absolute inset-x-0 top-1/2 border-t border-dotted border-line/70" />
          {isRuled && index > 0 ? <span className={cn("absolute right-1 -top-2 z-10 rounded-sm bg-surface px-1 text-xs tabular", mark.isAgain ? "font-medium text-warning" : "text-quiet")}>{mark.label}{mark.isAgain ? " again" : ""}</span> : null}
        </div>
      ))}
      {entries.map((entry) => {
        const { start, stop } = placeOf(entry);
        return (
          <Block key={entry.id} entry={entry} zone={zone} {...within(start, stop)} begins={start >= column.start} ends={stop <= column.stop} isPast={stop <= now}
            isLeaving={moving?.entry?.id === entry.id} isInTheWay={inTheWay.has(entry.id)} onOpen={() => onOpen(entry)} />
        );
      })}
      {shows ? <Ghost title={moving.entry?.title ?? "New entry"} {...moving.place} zone={zone} {...within(moving.place.start, moving.place.stop)} isRefused={inTheWay.size > 0} /> : null}
      {now >= column.start && now < column.stop ? (
        <div aria-hidden className="pointer-events-none absolute inset-x-0 z-10 border-t-2 border-danger" style={{ top: y(now) }}><span className="absolute -top-1.25 -left-1 size-2 rounded-full bg-danger" /></div>
      ) : null}
      {children}
    </div>
  );
}

