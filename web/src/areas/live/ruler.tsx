import { clock, dayName, halfHours, HOUR, startOfDay, toPixels } from "./time";

interface RulerProps {
  origin: number;
  from: number;
  to: number;
  now: number;
  height: number;
  onMove: (at: number) => void;
}

/** The hours above the grid. */
export function Ruler({ origin, from, to, now, height }: RulerProps) {
  return (
    <div className="sticky top-0 z-30 w-full border-b border-line bg-raised text-xs" style={{ height }}>
      <div className="sticky left-0 z-10 grid h-full w-(--guide-channel) items-center border-r border-line bg-raised px-3 font-medium">{dayName(from + HOUR, now)}</div>
      {halfHours(from, to).map((mark) => (
        <div key={mark} className="absolute top-0 flex h-full items-center border-l border-line pl-2 text-quiet tabular" style={{ left: `calc(var(--guide-channel) + ${toPixels(mark - origin)}px)` }}>
          {mark === startOfDay(mark) ? <strong className="font-medium text-ink">{dayName(mark, now)}</strong> : clock(mark)}
        </div>
      ))}
    </div>
  );
}
