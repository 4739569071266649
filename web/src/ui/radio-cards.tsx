import { RadioGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface RadioCardsProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; hint?: string; icon?: ReactNode }[];
  className?: string;
}

/** A choice of a few, each with a sentence that says what it means. */
export function RadioCards<T extends string>({ label, value, onChange, options, className }: RadioCardsProps<T>) {
  return (
    <RadioGroup.Root aria-label={label} value={value} onValueChange={(next) => onChange(next as T)} className={cn("grid gap-2", className)}>
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="flex items-start gap-3 rounded-lg border border-line bg-raised p-3 text-left transition-colors hover:border-line-strong data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span className="mt-0.5 grid size-4.5 shrink-0 place-items-center rounded-full border border-line-strong bg-raised">
            <RadioGroup.Indicator className="size-2.5 rounded-full bg-accent" />
          </span>
          <span className="min-w-0">
            <span className="flex items-center gap-2 font-medium">{option.icon}{option.label}</span>
            {option.hint ? <span className="block text-xs text-quiet">{option.hint}</span> : null}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
