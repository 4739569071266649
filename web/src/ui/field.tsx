import { type ComponentProps, createContext, type ReactNode, use, useId } from "react";
import { cn } from "./cn";

interface FieldIds {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, control, hint and error tied together, for eyes and for screen readers. */
export function Field({ label, hint, error, optional, hideLabel, className, children }: FieldProps) {
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className={cn("text-xs font-medium text-quiet", hideLabel && "sr-only")}>
        {label}
        {optional ? <span className="font-normal"> (optional)</span> : null}
      </label>
      <FieldContext value={{ id, describedBy, invalid: Boolean(error) }}>{children}</FieldContext>
      {error ? <p id={`${id}-error`} className="text-xs text-danger">{error}</p> : null}
      {hint ? <p id={`${id}-hint`} className="text-xs text-quiet">{hint}</p> : null}
    </div>
  );
}

export function useFieldIds(): { id?: string; "aria-describedby"?: string | undefined; "aria-invalid"?: true | undefined } {
  const field = use(FieldContext);
  if (!field) return {};
  return { id: field.id, "aria-describedby": field.describedBy, "aria-invalid": field.invalid || undefined };
}

export const controlClass = cn(
  "w-full min-w-0 rounded-lg border border-line bg-raised px-3 text-sm text-ink transition-colors duration-150",
  "hover:border-line-strong focus-visible:border-focus focus-visible:outline-offset-0 aria-invalid:border-danger disabled:opacity-60",
);

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useFieldIds()} {...rest} className={cn(controlClass, "h-10", className)} />;
}

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...useFieldIds()} rows={rows} {...rest} className={cn(controlClass, "py-2 leading-relaxed", className)} />;
}

interface SelectProps extends Omit<ComponentProps<"select">, "onChange"> {
  options: readonly { value: string; label: string; disabled?: boolean }[];
  onValue: (value: string) => void;
  /** First entry with an empty value, for "none chosen". */
  blank?: string;
}

/** The browser's own select: it opens as a wheel on a phone and speaks to every reader. */
export function Select({ options, onValue, blank, className, ...rest }: SelectProps) {
  return (
    <select {...useFieldIds()} {...rest} onChange={(event) => onValue(event.target.value)} className={cn(controlClass, "h-10 pr-8", className)}>
      {blank === undefined ? null : <option value="">{blank}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>{option.label}</option>
      ))}
    </select>
  );
}

export function optionsOf(labels: Readonly<Record<string, string>>, only?: readonly string[]): { value: string; label: string }[] {
  return (only ?? Object.keys(labels)).map((value) => ({ value, label: labels[value] ?? value }));
}
