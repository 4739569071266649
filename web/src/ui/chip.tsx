import { X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

const base = "inline-flex h-8 items-center gap-1.5 whitespace-nowrap rounded-full border px-3 text-xs font-medium transition-colors duration-100";
const off = "border-line bg-raised text-quiet hover:border-line-strong hover:text-ink";
const on = "border-accent bg-accent-soft text-ink";

/** A filter that is either on or off. */
export function ToggleChip({ on: isOn, onClick, children }: { on: boolean; onClick: () => void; children: ReactNode }) {
  return <button type="button" aria-pressed={isOn} onClick={onClick} className={cn(base, isOn ? on : off)}>{children}</button>;
}

/** A chip that opens something; marked when what it opens is in use. */
export function ChipButton({ on: isOn, className, ...rest }: ComponentProps<"button"> & { on: boolean }) {
  return <button type="button" {...rest} className={cn(base, isOn ? on : off, className)} />;
}

/** A value that was chosen and can be taken away. */
export function Chip({ onRemove, children }: { onRemove?: () => void; children: ReactNode }) {
  return (
    <span className={cn(base, on, onRemove && "pr-1")}>
      {children}
      {onRemove ? (
        <button type="button" onClick={onRemove} className="grid size-6 place-items-center rounded-full text-quiet hover:bg-raised hover:text-ink">
          <X size={13} aria-hidden /><span className="sr-only">Remove</span>
        </button>
      ) : null}
    </span>
  );
}
