import { useState } from "react";
import type { ProfileRead } from "@/api";
import { Button } from "@/ui/button";
import { FormDialog } from "@/ui/dialog";
import { FormError } from "@/ui/states";
import { PasswordField } from "../password-field";
import { useEnter } from "./enter";
import { PinInput } from "./pin-input";

interface PinDialogProps {
  /** Null: out of all profiles, to the account. */
  profile: ProfileRead | null;
  accepts: readonly string[];
  onClose: () => void;
}

export function PinDialog({ profile, accepts, onClose }: PinDialogProps) {
  const [way, setWay] = useState(accepts.includes("pin") ? "pin" : "password");
  const [text, setText] = useState("");
  const enter = useEnter();
  const other = way === "pin" ? "password" : "pin";
  const change = (): void => { setWay(other); setText(""); enter.reset(); };
  return (
    <FormDialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      title={profile?.has_pin ? `PIN of ${profile.name}` : "An adult is asked"}
      {...(profile?.has_pin ? {} : { description: accepts.includes("pin") ? "This way needs the PIN of an adult's profile." : "This way needs the password of the account." })}
      submit="Go in"
      busy={enter.isPending}
      disabled={way === "pin" ? text.length < 4 : text === ""}
      onSubmit={() => enter.mutate({ profile, proof: { [way]: text } })}
    >
      <FormError error={enter.error} />
      {way === "pin" ? <PinInput label="PIN" value={text} onChange={setText} autoFocus /> : <PasswordField label="Password of the account" value={text} onChange={setText} />}
      {accepts.includes(other) ? <Button look="quiet" size="s" className="-ml-3 self-start" onClick={change}>{other === "pin" ? "Use the PIN" : "Use the password of the account"}</Button> : null}
    </FormDialog>
  );
}
