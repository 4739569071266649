import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { accountsRequestErasure } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { sessionOptions, useUser } from "@/lib/session";
import { Button } from "@/ui/button";
import { FormDialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { FormError } from "@/ui/states";
import { PasswordField } from "../password-field";

export function Erasure() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title="Erase my account">
      <Card className="flex flex-wrap items-center gap-4 border-danger/40 p-4 sm:p-6">
        <p className="min-w-0 flex-1 basis-72 text-quiet">Your name, address, profiles, devices and keys are deleted for good. What you added to a space stays there, without your name.</p>
        <Button look="danger" onClick={() => setOpen(true)}>Erase my account</Button>
      </Card>
      {isOpen ? <EraseDialog onClose={() => setOpen(false)} /> : null}
    </Section>
  );
}

function EraseDialog({ onClose }: { onClose: () => void }) {
  const user = useUser();
  const client = useQueryClient();
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const erase = useAction({
    inline: true,
    run: () => accountsRequestErasure({ body: { password } }),
    touches: [],
    done: "Your account is being erased",
    onDone: () => {
      client.clear();
      client.setQueryData(sessionOptions.queryKey, null);
      void router.navigate({ to: "/sign-in", search: {} });
    },
  });
  const named = fieldError(erase.error, "password");
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Erase your account?" description="Nobody can bring it back." submit="Erase it for good" look="danger" busy={erase.isPending} disabled={email.trim().toLowerCase() !== user.email.toLowerCase() || password === ""} onSubmit={() => erase.mutate()}>
      {named ? null : <FormError error={erase.error} />}
      <Field label="Your e-mail address, to be sure" hint={user.email}><Input autoComplete="off" autoFocus value={email} onChange={(event) => setEmail(event.target.value)} /></Field>
      <PasswordField label="Password" value={password} onChange={setPassword} error={named} />
    </FormDialog>
  );
}
