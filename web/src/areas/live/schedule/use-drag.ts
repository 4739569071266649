import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { ScheduleRead } from "@/api";
import { isSamePlace, type Place, placeOf, SHORTEST, snap, STEP } from "./places";

/** One channel's day on the screen, from its midnight to the next. */
export interface Column {
  key: string;
  channel: string;
  day: string;
  start: number;
  stop: number;
}

/** An entry on its way: where it would be now. */
export interface Preview {
  entry: ScheduleRead | null;
  place: Place;
}

type Mode = "create" | "move" | "start" | "stop";

interface Drag {
  mode: Mode;
  entry: ScheduleRead | null;
  origin: Place;
  anchor: number;
  pointer: number;
  x: number;
  y: number;
  isOn: boolean;
}

interface Spot {
  channel: string;
  at: number;
}

interface DragOptions {
  grid: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
  columns: readonly Column[];
  entries: readonly ScheduleRead[];
  onDrop: (preview: Preview) => void;
  onTap: (spot: Spot) => void;
}

/** A finger must rest this long before it drags: else it scrolls. */
const REST = 350;
const SLIP = 4;
const EDGE = 48;

function placed(drag: Drag, spot: Spot): Place {
  const { origin, mode } = drag;
  if (mode === "create") {
    const from = Math.floor(drag.anchor / STEP) * STEP;
    const to = snap(spot.at);
    return { channel: origin.channel, start: Math.min(from, to), stop: Math.max(from, to, Math.min(from, to) + STEP) };
  }
  if (mode === "start") return { ...origin, start: Math.min(snap(spot.at), origin.stop - SHORTEST) };
  if (mode === "stop") return { ...origin, stop: Math.max(snap(spot.at), origin.start + SHORTEST) };
  const start = snap(origin.start + spot.at - drag.anchor);
  return { channel: spot.channel, start, stop: start + origin.stop - origin.start };
}

/** Dragging with mouse, pen and finger: over empty time, of an entry, of its edges. Escape gives it back. */
export function useDrag({ grid, scroller, columns, entries, onDrop, onTap }: DragOptions): {
  preview: Preview | null;
  isDragging: boolean;
  onPointerDown: (event: ReactPointerEvent) => void;
  /** Whether this click is only the end of a drag. A key that presses a button has no detail. */
  wasDrag: (event: { detail: number }) => boolean;
} {
  const [drag, setDrag] = useState<Drag | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const ended = useRef(false);
  const latest = useRef({ columns, onDrop, onTap, preview });
  useEffect(() => { latest.current = { columns, onDrop, onTap, preview }; });

  const spotAt = useCallback((x: number, y: number): Spot | null => {
    const found = [...(grid.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
    const boxes = found.map((element) => ({ box: element.getBoundingClientRect(), column: latest.current.columns.find((one) => one.key === element.dataset.column) }));
    const hit = boxes.find(({ box }) => x >= box.left && x < box.right) ?? (x < (boxes[0]?.box.left ?? 0) ? boxes[0] : boxes.at(-1));
    if (!hit?.column) return null;
    const { box, column } = hit;
    const share = Math.min(1, Math.max(0, (y - box.top) / box.height));
    return { channel: column.channel, at: column.start + share * (column.stop - column.start) };
  }, [grid]);

  const onPointerDown = (event: ReactPointerEvent): void => {
    ended.current = false;
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const spot = spotAt(event.clientX, event.clientY);
    const element = event.target.closest<HTMLElement>("[data-entry]");
    if (!spot || (!element && !event.target.closest("[data-column]")) || event.target.closest("[data-still]")) return;
    const entry = entries.find((one) => one.id === element?.dataset.entry) ?? null;
    if (element && !entry) return;
    const edge = event.target.closest<HTMLElement>("[data-edge]")?.dataset.edge;
    setDrag({
      mode: entry ? (edge === "start" || edge === "stop" ? edge : "move") : "create", entry, anchor: spot.at,
      origin: entry ? placeOf(entry) : { channel: spot.channel, start: spot.at, stop: spot.at },
      pointer: event.pointerId, x: event.clientX, y: event.clientY, isOn: edge !== undefined && event.pointerType !== "mouse",
    });
  };

  useEffect(() => {
    if (!drag) return;
    let isOn = drag.isOn;
    let last = { x: drag.x, y: drag.y };
    let frame = 0;
    const isTouch = (type: string): boolean => type === "touch";
    const start = (): void => { isOn = true; show(); };
    const rest = setTimeout(() => { if (!isOn) start(); }, REST);
    const show = (): void => {
      const spot = spotAt(last.x, last.y);
      if (spot) setPreview({ entry: drag.entry, place: placed(drag, spot) });
    };
    const end = (): void => { setDrag(null); setPreview(null); };
    const scroll = (): void => {
      const box = scroller.current?.getBoundingClientRect();
      if (isOn && box && scroller.current) {
        const speed = last.y < box.top + EDGE ? last.y - box.top - EDGE : last.y > box.bottom - EDGE ? last.y - box.bottom + EDGE : 0;
        if (speed !== 0) { scroller.current.scrollTop += speed / 8; show(); }
      }
      frame = requestAnimationFrame(scroll);
    };
    const onMove = (event: PointerEvent): void => {
      if (event.pointerId !== drag.pointer) return;
      last = { x: event.clientX, y: event.clientY };
      const slipped = Math.hypot(last.x - drag.x, last.y - drag.y) > SLIP;
      if (!isOn && slipped) {
        if (isTouch(event.pointerType)) { end(); return; }
        isOn = true;
      }
      if (isOn) show();
    };
    const onUp = (event: PointerEvent): void => {
      if (event.pointerId !== drag.pointer) return;
      const shown = latest.current.preview;
      end();
      if (!isOn) {
        if (drag.mode === "create") latest.current.onTap({ channel: drag.origin.channel, at: drag.anchor });
        return;
      }
      ended.current = true;
      if (shown && !isSamePlace(shown.place, drag.origin)) latest.current.onDrop(shown);
    };
    const onKey = (event: KeyboardEvent): void => { if (event.key === "Escape") { event.preventDefault(); ended.current = true; end(); } };
    // Once a finger drags, the page must not scroll under it.
    const onTouch = (event: TouchEvent): void => { if (isOn && event.cancelable) event.preventDefault(); };
    frame = requestAnimationFrame(scroll);
    addEventListener("pointermove", onMove);
    addEventListener("pointerup", onUp);
    addEventListener("pointercancel", end);
    addEventListener("keydown", onKey);
    addEventListener("touchmove", onTouch, { passive: false });
    return () => {
      clearTimeout(rest);
      cancelAnimationFrame(frame);
      removeEventListener("pointermove", onMove);
      removeEventListener("pointerup", onUp);
      removeEventListener("pointercancel", end);
      removeEventListener("keydown", onKey);
      removeEventListener("touchmove", onTouch);
    };
  }, [drag, spotAt, scroller]);

  const wasDrag = useCallback(({ detail }: { detail: number }): boolean => {
    const was = ended.current && detail > 0;
    ended.current = false;
    return was;
  }, []);
  return { preview, isDragging: drag !== null && preview !== null, onPointerDown, wasDrag };
}
