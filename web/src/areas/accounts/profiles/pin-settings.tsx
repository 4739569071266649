import { Lock, LockOpen } from "lucide-react";
import { useState } from "react";
import { accountsRemovePin, accountsSetPin, type ProfileRead } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { FormError } from "@/ui/states";
import { PasswordField } from "../password-field";
import { PinInput } from "./pin-input";

/** A PIN keeps the others of the household out of a profile; the password of the account changes it. */
export function PinSettings({ profile }: { profile: ProfileRead }) {
  const [isOpen, setOpen] = useState(false);
  const [hasPin, setHasPin] = useState(profile.has_pin);
  const [draft, setDraft] = useState({ pin: "", password: "" });
  const path = { profile_id: profile.id };
  const done = (has: boolean) => (): void => { setHasPin(has); setOpen(false); setDraft({ pin: "", password: "" }); };
  const set = useAction({ inline: true, run: () => accountsSetPin({ path, body: hasPin ? draft : { pin: draft.pin } }), touches: ["accounts"], done: "The PIN is set", onDone: done(true) });
  const remove = useAction({ inline: true, run: () => accountsRemovePin({ path, body: { password: draft.password } }), touches: ["accounts"], done: "The PIN is gone", onDone: done(false) });
  const error = set.error ?? remove.error;
  const named = fieldError(error, "pin") ?? fieldError(error, "password");
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line p-3">
      <div className="flex items-center gap-3">
        {hasPin ? <Lock size={16} className="text-quiet" aria-hidden /> : <LockOpen size={16} className="text-quiet" aria-hidden />}
        <p className="flex-1">{hasPin ? "This profile asks for a PIN" : "Anyone with this account can enter"}</p>
        <Button size="s" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{hasPin ? "Change the PIN" : "Set a PIN"}</Button>
      </div>
      {isOpen ? (
        <>
          {named ? null : <FormError error={error} />}
          <PinInput label="New PIN" hint="Four to eight digits" value={draft.pin} onChange={(pin) => setDraft({ ...draft, pin })} error={fieldError(error, "pin")} />
          {hasPin ? <PasswordField label="Password of the account" value={draft.password} onChange={(password) => setDraft({ ...draft, password })} error={fieldError(error, "password")} /> : null}
          <div className="flex flex-wrap gap-2">
            <Button look="primary" busy={set.isPending} disabled={draft.pin.length < 4 || (hasPin && draft.password === "")} onClick={() => set.mutate()}>Save the PIN</Button>
            {hasPin ? <Button busy={remove.isPending} disabled={draft.password === ""} onClick={() => remove.mutate()}>Remove the PIN</Button> : null}
          </div>
        </>
      ) : null}
    </div>
  );
}
