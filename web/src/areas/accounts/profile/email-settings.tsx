import { useState } from "react";
import { accountsChangeEmail, accountsSendVerification } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { useUser } from "@/lib/session";
import { Button } from "@/ui/button";
import { FormDialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { Badge, FormError } from "@/ui/states";
import { PasswordField } from "../password-field";

/** The address changes only when the new one has answered: a slip must not lock anybody out. */
export function EmailSettings() {
  const user = useUser();
  const [isChanging, setChanging] = useState(false);
  const verify = useAction({ run: () => accountsSendVerification(), touches: [], done: `A letter is on its way to ${user.email}` });
  return (
    <Section title="E-mail">
      <Card className="flex flex-wrap items-center gap-3 p-4 sm:px-6">
        <div className="min-w-0 flex-1 basis-52">
          <p className="flex flex-wrap items-center gap-2 font-medium break-all">{user.email}{user.is_verified ? <Badge tone="positive">Confirmed</Badge> : null}</p>
          <p className="text-xs text-quiet">You sign in with it, and letters go there</p>
        </div>
        {user.is_verified ? null : <Button size="s" look="quiet" busy={verify.isPending} onClick={() => verify.mutate()}>Confirm it</Button>}
        <Button size="s" onClick={() => setChanging(true)}>Change</Button>
      </Card>
      {isChanging ? <ChangeEmail onClose={() => setChanging(false)} /> : null}
    </Section>
  );
}

function ChangeEmail({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState({ email: "", password: "" });
  const change = useAction({
    inline: true,
    run: () => accountsChangeEmail({ body: { email: draft.email.trim(), password: draft.password } }),
    touches: ["accounts"],
    done: `Open the letter to ${draft.email.trim()} to finish`,
    onDone: onClose,
  });
  const named = ["email", "password"].some((field) => fieldError(change.error, field));
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Change the e-mail address" description="A letter goes to the new address; the link in it makes the change." submit="Send the letter" busy={change.isPending} disabled={draft.email.trim() === "" || draft.password === ""} onSubmit={() => change.mutate()}>
      {named ? null : <FormError error={change.error} />}
      <Field label="New e-mail address" error={fieldError(change.error, "email")}><Input type="email" autoComplete="email" autoFocus required value={draft.email} onChange={(event) => setDraft({ ...draft, email: event.target.value })} /></Field>
      <PasswordField label="Password" value={draft.password} onChange={(password) => setDraft({ ...draft, password })} error={fieldError(change.error, "password")} />
    </FormDialog>
  );
}
