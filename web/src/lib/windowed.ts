import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

const AHEAD = 12;

export interface Windowed<E extends HTMLElement> {
  /** Goes to the element that holds the rows. */
  box: RefObject<E | null>;
  /** Which rows are there now. */
  shown: readonly number[];
  /** Goes, with `data-index`, to rows that may be of another height than the estimate. */
  measure: (row: Element | null) => void;
  /** Room in pixels that the rows above and below would take. */
  before: number;
  after: number;
}

/** The rows of a long list that are in the window and near it; each about `height` pixels high. `onEnd` is called near the end. */
export function useWindowed<E extends HTMLElement>(count: number, height: number, onEnd?: () => void): Windowed<E> {
  const box = useRef<E>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => { setMargin((box.current?.getBoundingClientRect().top ?? 0) + window.scrollY); }, []);
  const virtual = useWindowVirtualizer({ count, estimateSize: () => height, overscan: AHEAD, scrollMargin: margin });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => { if (last >= count - AHEAD) onEnd?.(); }, [last, count, onEnd]);
  return {
    box,
    shown: rows.map(({ index }) => index),
    measure: virtual.measureElement,
    before: (rows[0]?.start ?? margin) - margin,
    after: virtual.getTotalSize() - ((rows.at(-1)?.end ?? margin) - margin),
  };
}
