import { Field, Input } from "@/ui/field";

/** Four to eight digits, hidden, with the numeric keys of a phone. */
export function PinInput({ label, value, onChange, hint, error, autoFocus }: { label: string; value: string; onChange: (value: string) => void; hint?: string; error?: string | undefined; autoFocus?: boolean }) {
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        type="password"
        inputMode="numeric"
        autoComplete="off"
        autoFocus={autoFocus}
        maxLength={8}
        value={value}
        onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, ""))}
        className="h-12 text-center font-mono text-xl tracking-[0.5em]"
      />
    </Field>
  );
}
