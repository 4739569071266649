import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { accountsGetSetup, accountsSignIn } from "@/api";
import { useAction } from "@/lib/queries";
import { sessionOptions, welcome } from "@/lib/session";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError } from "@/ui/states";
import { FrontDoor } from "./front-door";
import { PasswordField } from "../password-field";

export function SignInPage({ next }: { next?: string | undefined }) {
  const client = useQueryClient();
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const setup = useQuery({ queryKey: [{ _id: "accountsGetSetup" }], queryFn: async ({ signal }) => (await accountsGetSetup({ signal })).data.needed });
  const signIn = useAction({
    inline: true,
    run: async () => (await accountsSignIn({ body: { email: email.trim(), password } })).data,
    touches: [],
    onDone: (session) => {
      client.setQueryData(sessionOptions.queryKey, welcome(session));
      router.history.push(next ?? "/");
    },
  });
  return (
    <FrontDoor title="Sign in">
      <h1 className="mb-6 font-serif text-2xl font-semibold tracking-tight">Sign in</h1>
      {setup.data ? (
        <p className="mb-6 rounded-lg bg-accent-soft p-4">
          <strong className="font-medium">This house is new.</strong> Its log shows a set-up link, printed when it started. Open that link to become its owner.
        </p>
      ) : null}
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); signIn.mutate(); }}>
        <FormError error={signIn.error} />
        <Field label="E-mail"><Input type="email" autoComplete="username" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} /></Field>
        <PasswordField label="Password" value={password} onChange={setPassword} />
        <Button look="primary" type="submit" busy={signIn.isPending} className="mt-2">Sign in</Button>
      </form>
      <p className="mt-6"><Link to="/password-reset" search={{}} className="text-accent underline underline-offset-2">Forgotten your password?</Link></p>
    </FrontDoor>
  );
}
