import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Scrolls inside itself when it is wider than the page, and can be reached by keyboard to do so. */
export function TableFrame({ label, className, children }: { label: string; className?: string; children: React.ReactNode }) {
  return (
    // A scrolling region must be focusable, else a keyboard cannot scroll it (WCAG 2.1.1).
    <div role="region" aria-label={label} tabIndex={0} className={cn("overflow-x-auto rounded-lg border border-line bg-raised", className)}>
      <table className="w-full border-collapse text-left text-sm">{children}</table>
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return <th scope="col" {...rest} className={cn("whitespace-nowrap border-b border-line px-3 py-2.5 text-xs font-medium text-quiet", className)} />;
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={cn("border-b border-line px-3 py-2 align-middle", className)} />;
}

export const rowClass = "transition-colors duration-100 hover:bg-sunken/60 [&:last-child>td]:border-b-0";
