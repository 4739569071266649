import type { ReactNode } from "react";
import { cn } from "./cn";

/** Names and values in two columns: what is known of one thing. */
export function Facts({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cn("grid grid-cols-[auto_1fr] gap-x-4 gap-y-2", className)}>{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
