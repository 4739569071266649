import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { accountsConfirmPasswordReset, accountsRequestPasswordReset } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { Button, ButtonLink } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError } from "@/ui/states";
import { MIN_PASSWORD, PasswordField } from "../password-field";
import { FrontDoor } from "./front-door";

/** Where the link of a reset letter leads. */
export function ResetPage({ token }: { token: string }) {
  const [password, setPassword] = useState("");
  const reset = useAction({ inline: true, run: () => accountsConfirmPasswordReset({ body: { token, password } }), touches: ["accounts"] });
  if (reset.isSuccess) {
    return (
      <FrontDoor title="New password">
        <h1 className="mb-3 font-serif text-2xl font-semibold tracking-tight">The password is changed</h1>
        <p className="mb-6 text-quiet">All devices were signed out. Sign in with the new password.</p>
        <ButtonLink look="primary"><Link to="/sign-in" search={{}}>Go to sign-in</Link></ButtonLink>
      </FrontDoor>
    );
  }
  const named = fieldError(reset.error, "password");
  return (
    <FrontDoor title="New password">
      <h1 className="mb-2 font-serif text-2xl font-semibold tracking-tight">Choose a new password</h1>
      <p className="mb-6 text-quiet">It signs you out on every device.</p>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); reset.mutate(); }}>
        {named ? null : <FormError error={reset.error} />}
        <PasswordField isNew label="New password" value={password} onChange={setPassword} error={named} />
        <Button look="primary" type="submit" busy={reset.isPending} disabled={password.length < MIN_PASSWORD} className="mt-2">Change the password</Button>
      </form>
    </FrontDoor>
  );
}

/** Asks for a letter with a link. The answer is the same whether the address is known or not. */
export function ForgottenPage() {
  const [email, setEmail] = useState("");
  const ask = useAction({ inline: true, run: () => accountsRequestPasswordReset({ body: { email: email.trim() } }), touches: [] });
  if (ask.isSuccess) {
    return (
      <FrontDoor title="Forgotten password">
        <h1 className="mb-3 font-serif text-2xl font-semibold tracking-tight">Look into your mail</h1>
        <p className="mb-6 text-quiet">If an account has the address <strong className="font-medium text-ink">{email.trim()}</strong>, a letter with a link is on its way. The link works once, for one hour.</p>
        <ButtonLink><Link to="/sign-in" search={{}}>Back to sign-in</Link></ButtonLink>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor title="Forgotten password">
      <h1 className="mb-2 font-serif text-2xl font-semibold tracking-tight">Forgotten your password?</h1>
      <p className="mb-6 text-quiet">We send you a link by which you choose a new one.</p>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); ask.mutate(); }}>
        <FormError error={ask.error} />
        <Field label="E-mail"><Input type="email" autoComplete="username" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} /></Field>
        <Button look="primary" type="submit" busy={ask.isPending} className="mt-2">Send the link</Button>
      </form>
      <p className="mt-6"><Link to="/sign-in" search={{}} className="text-accent underline underline-offset-2">Back to sign-in</Link></p>
    </FrontDoor>
  );
}
