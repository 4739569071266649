import type { ReactNode } from "react";
import { cn } from "./cn";

interface PageProps {
  title: string;
  summary?: ReactNode;
  actions?: ReactNode;
  width?: "full" | "text";
  children: ReactNode;
}

/** The frame of a page: its name in the serif of the house, one quiet line, its actions. */
export function Page({ title, summary, actions, width = "full", children }: PageProps) {
  return (
    <div className={cn("flex flex-col gap-6", width === "text" && "max-w-5xl")}>
      <title>{`${title} · Mediatheque`}</title>
      <header className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-48">
          <h1 className="font-serif text-xl font-semibold tracking-tight">{title}</h1>
          {summary ? <div className="mt-1 min-h-lh text-quiet tabular">{summary}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

export function Section({ title, actions, children, className }: { title: string; actions?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={cn("flex flex-col gap-3", className)}>
      <div className="flex min-h-8 items-center gap-3">
        <h2 className="flex-1 font-serif text-lg font-semibold">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("rounded-lg border border-line bg-raised", className)}>{children}</div>;
}
