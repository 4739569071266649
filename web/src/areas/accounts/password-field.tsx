import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/ui/button";
import { Field, Input } from "@/ui/field";

interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isNew?: boolean;
  error?: string | undefined;
}

export const MIN_PASSWORD = 8;

/** A password that can be looked at; a new one says how long it must be. */
export function PasswordField({ label, value, onChange, isNew = false, error }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="relative">
      <Field label={label} error={error} hint={isNew ? `At least ${MIN_PASSWORD} characters. A sentence is a good password.` : undefined}>
        <Input type={isShown ? "text" : "password"} autoComplete={isNew ? "new-password" : "current-password"} required minLength={isNew ? MIN_PASSWORD : undefined} value={value} onChange={(event) => onChange(event.target.value)} className="pr-11" />
      </Field>
      <IconButton label={isShown ? "Hide the password" : "Show the password"} size="s" aria-pressed={isShown} onClick={() => setShown(!isShown)} className="absolute top-6.5 right-1.5">
        {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
      </IconButton>
    </div>
  );
}
