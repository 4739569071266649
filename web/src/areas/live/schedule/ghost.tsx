import { cn } from "@/ui/cn";
import { formatRuntime } from "@/lib/format";
import { clock, MINUTE } from "./zone";

interface GhostProps {
  title: string;
  start: number;
  stop: number;
  zone: string;
  top: number;
  height: number;
  isRefused: boolean;
}

/** An entry where it would be. */
export function Ghost({ title, start, stop, zone, top, height, isRefused }: GhostProps) {
  return (
    <div aria-hidden style={{ top, height }}
      className={cn("pointer-events-none absolute right-1 left-8 z-20 overflow-hidden rounded-sm border-2 border-dashed bg-raised px-2 py-0.5 text-xs shadow-raised", isRefused ? "border-danger" : "border-accent")}>
      <p className={cn("truncate font-medium tabular", isRefused ? "text-danger" : "text-accent")}>{clock(start, zone)}–{clock(stop, zone)} · {formatRuntime(Math.round((stop - start) / MINUTE))}</p>
      {height >= 36 ? <p className="line-clamp-2 font-medium">{title}</p> : null}
    </div>
  );
}
