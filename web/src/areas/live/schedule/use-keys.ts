import { type KeyboardEvent, useState } from "react";
import type { ScheduleRead } from "@/api";
import { isSamePlace, type Place, placeOf, SHORTEST, STEP } from "./places";
import type { Column, Preview } from "./use-drag";
import { clock, HOUR, later, momentOf } from "./zone";

interface KeyOptions {
  columns: readonly Column[];
  entries: readonly ScheduleRead[];
  zone: string;
  onDrop: (preview: Preview) => void;
  onRemove: (entry: ScheduleRead) => void;
}

/** Sideways: the same time of the clock on the next day, or the next channel where several are shown. */
function aside(place: Place, columns: readonly Column[], zone: string, by: 1 | -1): Place {
  const column = columns.find((one) => one.channel === place.channel && place.start >= one.start && place.start < one.stop);
  if (!column) return place;
  const channels = [...new Set(columns.map((one) => one.channel))];
  if (channels.length > 1) return { ...place, channel: channels[channels.indexOf(place.channel) + by] ?? place.channel };
  const start = momentOf(later(column.day, by), clock(place.start, zone), zone);
  return { ...place, start, stop: start + place.stop - place.start };
}

/** Moving without a mouse: arrows by five minutes, Shift the end, Alt the start; Enter saves, Escape gives back. */
export function useKeys({ columns, entries, zone, onDrop, onRemove }: KeyOptions): {
  preview: Preview | null;
  onKeyDown: (event: KeyboardEvent) => void;
  onBlur: () => void;
} {
  const [preview, setPreview] = useState<Preview | null>(null);
  const drop = (): void => {
    setPreview(null);
    if (preview?.entry && !isSamePlace(preview.place, placeOf(preview.entry))) onDrop(preview);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const id = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-entry]")?.dataset.entry : undefined;
    const entry = entries.find((one) => one.id === id);
    if (!entry || event.ctrlKey || event.metaKey) return;
    const place = preview?.entry?.id === entry.id ? preview.place : placeOf(entry);
    const by = { ArrowUp: -STEP, ArrowDown: STEP, PageUp: -HOUR, PageDown: HOUR }[event.key];
    let next: Place | null = null;
    if (by !== undefined && event.shiftKey) next = { ...place, stop: Math.max(place.start + SHORTEST, place.stop + by) };
    else if (by !== undefined && event.altKey) next = { ...place, start: Math.min(place.stop - SHORTEST, place.start + by) };
    else if (by !== undefined) next = { ...place, start: place.start + by, stop: place.stop + by };
    else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && !event.altKey && !event.shiftKey) next = aside(place, columns, zone, event.key === "ArrowLeft" ? -1 : 1);
    if (next) setPreview({ entry, place: next });
    else if (event.key === "Enter" && preview) drop();
    else if (event.key === "Escape" && preview) setPreview(null);
    else if (event.key === "Delete") { setPreview(null); onRemove(entry); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { preview, onKeyDown, onBlur: drop };
}
