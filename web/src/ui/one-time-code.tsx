import { Field, Input } from "./field";

interface OneTimeCodeProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string;
  /** Letters too: a backup code. */
  letters?: boolean;
  autoFocus?: boolean;
}

/** A code from an app, a letter or a list. One field, so that it can be pasted and filled in by the system. */
export function OneTimeCode({ label, value, onChange, error, hint, letters = false, autoFocus }: OneTimeCodeProps) {
  return (
    <Field label={label} error={error} hint={hint}>
      <Input
        value={value}
        autoFocus={autoFocus}
        required
        inputMode={letters ? "text" : "numeric"}
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={32}
        placeholder={letters ? undefined : "000 000"}
        onChange={(event) => onChange(event.target.value)}
        className="h-12 font-mono text-lg tracking-widest"
      />
    </Field>
  );
}
