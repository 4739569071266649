import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useState } from "react";
import type { TitleCard } from "@/api";
import { useWidth } from "@/lib/hooks";
import { useSession } from "@/lib/session";
import { Skeleton } from "@/ui/states";
import { WorkCard } from "./work-card";

const GAP = 20;
const CAPTION = 48;

function columnsFor(width: number, isLarge: boolean): number {
  if (width < 560) return isLarge ? 2 : 3;
  return Math.max(3, Math.floor((width + GAP) / ((isLarge ? 232 : 164) + GAP)));
}

interface PosterGridProps {
  works: readonly TitleCard[];
  /** Called when the end comes near; missing while there is nothing more to load. */
  onEnd?: (() => void) | undefined;
}

/** Posters in rows; only the rows near the window exist, so that ten thousand works scroll like ten. */
export function PosterGrid({ works, onEnd }: PosterGridProps) {
  const { profile } = useSession();
  const [ref, width] = useWidth<HTMLDivElement>();
  const [margin, setMargin] = useState(0);
  const gap = width < 560 ? 12 : GAP;
  const columns = columnsFor(width, profile?.is_kids ?? false);
  const rowCount = Math.ceil(works.length / columns);
  const cell = (width - gap * (columns - 1)) / columns;
  const rowHeight = Math.round(cell * 1.5) + CAPTION + gap + 4;
  useLayoutEffect(() => { setMargin(ref.current?.offsetTop ?? 0); }, [ref, width]);
  const virtual = useWindowVirtualizer({
    count: width > 0 ? rowCount : 0,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollMargin: margin,
  });
  useEffect(() => { virtual.measure(); }, [virtual, rowHeight]);
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => { if (rowCount > 0 && last >= rowCount - 3) onEnd?.(); }, [last, rowCount, onEnd]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const from = (event.target as HTMLElement).closest<HTMLElement>("[data-index]")?.dataset.index;
    if (step === undefined || from === undefined) return;
    const to = Number(from) + step;
    if (to < 0 || to >= works.length) return;
    event.preventDefault();
    virtual.scrollToIndex(Math.floor(to / columns), { align: "auto" });
    const focus = (): void => ref.current?.querySelector<HTMLElement>(`[data-index="${to}"] a`)?.focus({ preventScroll: false });
    focus();
    requestAnimationFrame(focus);
  };

  return (
    <div ref={ref} role="list" aria-label="Works" onKeyDown={onKeyDown} className="relative" style={{ height: virtual.getTotalSize() }}>
      {rows.map((row) => (
        <div
          key={row.key}
          role="presentation"
          className="absolute inset-x-0 top-0 grid items-end"
          style={{ transform: `translateY(${row.start - margin}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, columnGap: gap, height: rowHeight - gap }}
        >
          {works.slice(row.index * columns, (row.index + 1) * columns).map((work, column) => {
            const index = row.index * columns + column;
            return (
              <div key={work.id} role="listitem" aria-setsize={works.length} aria-posinset={index + 1} data-index={index} className="h-full">
                <WorkCard work={work} eager={row.index === 0} sizes={`${Math.round(cell)}px`} />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

export function GridSkeleton() {
  return (
    <div role="status" aria-label="Loading works" className="grid grid-cols-3 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(10.25rem,1fr))] sm:gap-5">
      {Array.from({ length: 18 }, (_, index) => (
        <div key={index}>
          <Skeleton className="aspect-2/3" />
          <Skeleton className="mt-2 h-4 w-3/4" />
          <Skeleton className="mt-1.5 h-3 w-1/2" />
        </div>
      ))}
    </div>
  );
}
