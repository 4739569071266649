import { Plus } from "lucide-react";
import type { ScheduleRead } from "@/api";
import { formatRuntime } from "@/lib/format";
import { cn } from "@/ui/cn";
import { OriginSign, ORIGINS } from "./block";
import { type Place, placeOf, SHORTEST } from "./places";
import type { Column } from "./use-drag";
import { changeOf, clock, MINUTE } from "./zone";

interface DayListProps {
  column: Column;
  entries: readonly ScheduleRead[];
  zone: string;
  now: number;
  onOpen: (entry: ScheduleRead) => void;
  onNew: (place: Place) => void;
}

const minutes = (place: { start: number; stop: number }): number => Math.round((place.stop - place.start) / MINUTE);

/** A day as a list, for narrow screens: entries, and the free time between them. */
export function DayList({ column, entries, zone, now, onOpen, onNew }: DayListProps) {
  const ours = entries.filter((one) => { const place = placeOf(one); return place.channel === column.channel && place.start < column.stop && place.stop > column.start; })
    .sort((a, b) => placeOf(a).start - placeOf(b).start);
  const rows: ({ entry: ScheduleRead } | { free: Place })[] = [];
  let cursor = column.start;
  for (const entry of ours) {
    const place = placeOf(entry);
    if (place.start - cursor >= SHORTEST) rows.push({ free: { channel: column.channel, start: cursor, stop: place.start } });
    rows.push({ entry });
    cursor = Math.max(cursor, place.stop);
  }
  if (column.stop - cursor >= SHORTEST) rows.push({ free: { channel: column.channel, start: cursor, stop: column.stop } });
  const change = changeOf(column.day, zone);
  return (
    <div className="flex flex-col gap-2">
      {change === 0 ? null : <p className="text-xs text-warning">Clocks go {change > 0 ? "back" : "forward"}: this day has {24 + change / 60} hours.</p>}
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
        {rows.map((row) => {
          if ("free" in row) {
            return (
              <li key={row.free.start}>
                <button type="button" onClick={() => onNew({ ...row.free, stop: Math.min(row.free.stop, row.free.start + 60 * MINUTE) })}
                  className="flex min-h-11 w-full items-center gap-3 bg-surface px-4 py-2 text-left text-xs text-quiet -outline-offset-2">
                  <time className="w-11 shrink-0">{clock(row.free.start, zone)}</time><span className="flex-1">Free, {formatRuntime(minutes(row.free))}</span><Plus size={16} aria-hidden /><span className="sr-only">Add an entry here</span>
                </button>
              </li>
            );
          }
          const { entry } = row;
          const place = placeOf(entry);
          const isOn = place.start <= now && place.stop > now;
          return (
            <li key={entry.id} data-entry={entry.id}>
              <button type="button" onClick={() => onOpen(entry)} className={cn("relative flex min-h-14 w-full items-start gap-3 py-2.5 pr-4 pl-4 text-left -outline-offset-2", isOn && "bg-accent-soft", place.stop <= now && "text-quiet")}>
                <span aria-hidden className={cn("absolute inset-y-0 left-0 w-1", ORIGINS[entry.origin].bar)} />
                <time className="w-11 shrink-0 tabular">{clock(place.start, zone)}</time>
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{entry.title}</span>
                  <span className="block text-xs text-quiet">{[formatRuntime(minutes(place)), entry.sub_title, ORIGINS[entry.origin].label.toLowerCase()].filter(Boolean).join(" · ")}</span>
                </span>
                <span className="mt-1"><OriginSign origin={entry.origin} size={14} /></span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
