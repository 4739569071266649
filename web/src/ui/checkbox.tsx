import { Check, Minus } from "lucide-react";
import { Checkbox as Box } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";

interface CheckboxProps {
  checked: boolean | "indeterminate";
  onChange: (checked: boolean) => void;
  label: ReactNode;
  hideLabel?: boolean;
  disabled?: boolean;
}

export function Checkbox({ checked, onChange, label, hideLabel, disabled }: CheckboxProps) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-2">
      <Box.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(value) => onChange(value === true)}
        className="relative grid size-5 shrink-0 place-items-center rounded-sm border border-line-strong bg-raised text-on-accent after:absolute after:-inset-1 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent"
      >
        <Box.Indicator>{checked === "indeterminate" ? <Minus size={14} aria-hidden /> : <Check size={14} strokeWidth={3} aria-hidden />}</Box.Indicator>
      </Box.Root>
      <label htmlFor={id} className={cn(hideLabel && "sr-only")}>{label}</label>
    </span>
  );
}
