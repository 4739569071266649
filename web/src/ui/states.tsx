import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { messageOf } from "@/lib/errors";
import { Button } from "./button";
import { cn } from "./cn";

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("rounded-sm bg-sunken animate-breathe", className)} />;
}

/** Rows of a table or list that has not arrived yet. */
export function SkeletonRows({ count = 6, className = "h-12" }: { count?: number; className?: string }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2">
      {Array.from({ length: count }, (_, index) => <Skeleton key={index} className={className} />)}
    </div>
  );
}

/** What an empty place says: what belongs here and what to do next. */
export function Empty({ icon, title, children, actions }: { icon?: ReactNode; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line px-6 py-14 text-center">
      {icon ? <div className="grid size-12 place-items-center rounded-full bg-accent-soft text-accent">{icon}</div> : null}
      <h2 className="font-serif text-lg font-semibold">{title}</h2>
      {children ? <div className="max-w-md text-quiet">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** What happened and what to do, where the content would have stood. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-lg border border-danger/40 bg-danger-soft p-4 sm:flex-row sm:items-center">
      <CircleAlert size={20} className="shrink-0 text-danger" aria-hidden />
      <p className="flex-1">{messageOf(error)}</p>
      {onRetry ? <Button size="s" icon={<RotateCw size={14} aria-hidden />} onClick={onRetry}>Try again</Button> : null}
    </div>
  );
}

/** An error inside a form that belongs to no single field. */
export function FormError({ error }: { error: unknown }) {
  if (!error) return null;
  return <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger">{messageOf(error)}</p>;
}

type Tone = "plain" | "accent" | "positive" | "warning" | "danger";

const tones: Record<Tone, string> = {
  plain: "bg-sunken text-quiet",
  accent: "bg-accent-soft text-accent",
  positive: "bg-positive-soft text-positive",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
};

export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cn("inline-flex items-center gap-1 whitespace-nowrap rounded-full px-2 py-0.5 text-xs font-medium tabular", tones[tone])}>{children}</span>;
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="rounded-sm border border-line px-1.5 py-0.5 font-sans text-xs text-quiet">{children}</kbd>;
}

export function Progress({ value, label }: { value: number | null; label: string }) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100} className="h-2 overflow-hidden rounded-full bg-sunken">
      <div
        className={cn("h-full rounded-full bg-accent transition-[width] duration-200", percent === undefined && "w-1/3 animate-breathe")}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
