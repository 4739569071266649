import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ChannelRead, GuideProgramme } from "@/api";
import { ErrorNote } from "@/ui/states";
import { ChannelCell } from "./channel-cell";
import { Entry } from "./entry";
import { Ruler } from "./ruler";
import { DAY, DAYS_AHEAD, DAYS_BACK, HOUR, ROW_HEIGHT, startOfDay, toPixels, toTime } from "./time";
import { useBlocks } from "./use-blocks";

interface GuideGridProps {
  channels: readonly ChannelRead[];
  /** The moment to show at the left edge, when it changes. */
  at: number;
  now: number;
  /** Programmes that the person asked to be told of. */
  reminded: ReadonlySet<string>;
  onMove: (at: number) => void;
  /** The day at the left edge changed by scrolling. */
  onDay: (day: number) => void;
  onOpen: (programme: string) => void;
  onPlay: (channel: ChannelRead) => void;
}

const RULER_HEIGHT = 36;
const MARGIN = HOUR;

/** A grid in time that is only as large as what is seen: rows and entries come and go with the scroll. */
export function GuideGrid({ channels, at, now, reminded, onMove, onDay, onOpen, onPlay }: GuideGridProps) {
  const box = useRef<HTMLDivElement>(null);
  const [origin] = useState(() => startOfDay(now - DAYS_BACK * DAY));
  const length = (DAYS_BACK + DAYS_AHEAD) * DAY;
  const [view, setView] = useState({ left: toPixels(at - origin), width: 1000 });
  // eslint-disable-next-line react-hooks/incompatible-library -- what it answers is used here and passed to nobody
  const rows = useVirtualizer({ count: channels.length, getScrollElement: () => box.current, estimateSize: () => ROW_HEIGHT, overscan: 4, scrollMargin: RULER_HEIGHT });

  const measure = useCallback(() => {
    const element = box.current;
    if (element) setView({ left: element.scrollLeft, width: element.clientWidth });
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [measure]);
  // What was chosen moves the guide; the passing of time does not.
  const chosen = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (chosen.current !== null && Math.abs(at - chosen.current) < HOUR / 12) return;
    chosen.current = at;
    box.current?.scrollTo({ left: Math.max(0, toPixels(at - origin)) });
  }, [at, origin]);

  const day = startOfDay(origin + toTime(view.left));
  useEffect(() => onDay(day), [day, onDay]);
  const from = origin + toTime(view.left) - MARGIN;
  const to = origin + toTime(view.left + view.width) + MARGIN;
  const shown = rows.getVirtualItems();
  const loaded = useBlocks(channels, { first: shown[0]?.index ?? 0, last: shown.at(-1)?.index ?? 0 }, { from, to });

  const [focus, setFocus] = useState<string | null>(null);
  const anchor = useRef(now);
  useEffect(() => {
    if (focus) box.current?.querySelector<HTMLElement>(`[data-entry="${focus}"]`)?.focus({ preventScroll: true });
  }, [focus, view.left, loaded.entries]);
  const reveal = (row: number, entry: GuideProgramme): void => {
    setFocus(entry.id);
    rows.scrollToIndex(row);
    const element = box.current;
    const start = toPixels(Date.parse(entry.start) - origin);
    if (element && (start < element.scrollLeft || start > element.scrollLeft + element.clientWidth - 240)) element.scrollTo({ left: start - 40 });
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    const target = event.target instanceof HTMLElement ? event.target.dataset : {};
    const row = Number(target.row);
    if (!target.entry || Number.isNaN(row)) return;
    const list = loaded.entries.get(channels[row]?.id ?? "") ?? [];
    const place = list.findIndex((one) => one.id === target.entry);
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const down = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step && !down) return;
    event.preventDefault();
    if (step) {
      const next = list[place + step];
      if (!next) return;
      anchor.current = Date.parse(next.start);
      reveal(row, next);
      return;
    }
    for (let other = row + down; other >= 0 && other < channels.length; other += down) {
      const found = (loaded.entries.get(channels[other]?.id ?? "") ?? []).find((one) => Date.parse(one.stop) > anchor.current);
      if (found) { reveal(other, found); return; }
    }
  };

  return (
    <div className="flex flex-col gap-3">
      {loaded.error ? <ErrorNote error={loaded.error} onRetry={loaded.retry} /> : null}
      <div ref={box} role="grid" aria-label="Guide" aria-rowcount={channels.length} tabIndex={-1} onScroll={measure} onKeyDown={onKey} aria-busy={loaded.isPending}
        className="relative max-h-[calc(100dvh-15rem)] overflow-auto rounded-lg border border-line bg-surface">
        <div className="relative" style={{ width: `calc(var(--guide-channel) + ${toPixels(length)}px)`, height: rows.getTotalSize() + RULER_HEIGHT }}>
          <Ruler origin={origin} from={from} to={to} now={now} height={RULER_HEIGHT} onMove={onMove} />
          <div aria-hidden className="pointer-events-none absolute bottom-0 z-10 w-px bg-danger" style={{ top: RULER_HEIGHT, left: `calc(var(--guide-channel) + ${toPixels(now - origin)}px)` }} />
          {shown.map((item) => {
            const channel = channels[item.index];
            if (!channel) return null;
            const entries = (loaded.entries.get(channel.id) ?? []).filter((one) => Date.parse(one.stop) > from && Date.parse(one.start) < to);
            return (
              <div key={channel.id} role="row" aria-rowindex={item.index + 1} className="absolute left-0 w-full border-b border-line" style={{ top: item.start, height: ROW_HEIGHT }}>
                <ChannelCell channel={channel} onPlay={onPlay} />
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} row={item.index} origin={origin} now={now} left={view.left} isReminded={reminded.has(entry.id)} onOpen={onOpen} onFocus={() => { anchor.current = Math.max(Date.parse(entry.start), anchor.current < Date.parse(entry.stop) ? anchor.current : 0); }} />
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
