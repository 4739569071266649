import { Download, Repeat } from "lucide-react";
import type { ScheduleRead } from "@/api";
import { cn } from "@/ui/cn";
import { clock, MINUTE } from "./zone";

export type Origin = ScheduleRead["origin"];

/** Where an entry comes from: told by its edge, its ground and its sign, not by colour alone. */
export const ORIGINS: Record<Origin, { label: string; look: string; bar: string }> = {
  hand: { label: "By hand", look: "border-line bg-raised", bar: "bg-accent" },
  template: { label: "From a template", look: "border-line bg-positive-soft", bar: "bg-positive" },
  guide: { label: "From a guide", look: "border-line bg-sunken", bar: "bg-line-strong" },
};

export function OriginSign({ origin, size = 12 }: { origin: Origin; size?: number }) {
  if (origin === "template") return <Repeat size={size} aria-hidden className="shrink-0 text-positive" />;
  if (origin === "guide") return <Download size={size} aria-hidden className="shrink-0 text-quiet" />;
  return null;
}

interface BlockProps {
  entry: ScheduleRead;
  zone: string;
  top: number;
  height: number;
  /** It begins and ends in this column, and not in the one before or after. */
  begins: boolean;
  ends: boolean;
  isPast: boolean;
  isLeaving: boolean;
  isInTheWay: boolean;
  onOpen: () => void;
}

/** One entry in a column of time. Its edges can be pulled. */
export function Block({ entry, zone, top, height, begins, ends, isPast, isLeaving, isInTheWay, onOpen }: BlockProps) {
  const origin = ORIGINS[entry.origin];
  const start = Date.parse(entry.start_at);
  const stop = Date.parse(entry.stop_at);
  const time = `${clock(start, zone)}–${clock(stop, zone)}`;
  const isTiny = height < 30;
  return (
    <div data-entry={entry.id} className="group absolute inset-x-0.5 touch-manipulation" style={{ top, height }}>
      <button type="button" onClick={onOpen}
        aria-label={`${entry.title}, ${time}, ${Math.round((stop - start) / MINUTE)} minutes, ${origin.label.toLowerCase()}${isInTheWay ? ", in the way" : ""}`}
        title={`${entry.title}, ${time}`}
        className={cn(
          "absolute inset-x-0 top-px bottom-px flex flex-col items-stretch justify-start overflow-clip border pl-2 text-left text-xs transition-shadow duration-100 select-none hover:shadow-raised focus-visible:z-10 focus-visible:outline-offset-0",
          origin.look, begins && "rounded-t-sm", ends && "rounded-b-sm",
          isPast && "text-quiet", isLeaving && "opacity-40", isInTheWay && "border-danger bg-danger-soft ring-2 ring-danger",
        )}>
        <span aria-hidden className={cn("absolute inset-y-0 left-0 w-1", isInTheWay ? "bg-danger" : origin.bar)} />
        {height < 14 ? null : isTiny ? (
          <span className="flex items-center gap-1.5 truncate leading-none" style={{ height: "100%" }}>
            <span className="text-quiet tabular">{clock(start, zone)}</span><span className="truncate font-medium">{entry.title}</span>
          </span>
        ) : (
          <span className="sticky top-12 block py-1 pr-1.5">
            <span className="flex items-start gap-1"><span className={cn("min-w-0 flex-1 font-medium", height < 62 ? "truncate" : "line-clamp-2")}>{entry.title}</span><OriginSign origin={entry.origin} /></span>
            {height >= 40 ? <span className="block truncate text-quiet tabular">{time}</span> : null}
            {height >= 84 && entry.sub_title ? <span className="line-clamp-2 text-quiet">{entry.sub_title}</span> : null}
          </span>
        )}
      </button>
      {begins ? <span data-edge="start" aria-hidden className="absolute inset-x-0 -top-1 h-2 cursor-ns-resize touch-none" /> : null}
      {ends ? (
        <span data-edge="stop" aria-hidden className="absolute inset-x-0 -bottom-1 z-10 flex h-2.5 cursor-ns-resize touch-none items-center justify-center opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
          <span className="h-1 w-8 rounded-full bg-line-strong" />
        </span>
      ) : null}
    </div>
  );
}
