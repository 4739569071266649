import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { accountsGetSetup, accountsSetUp } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { sessionOptions, welcome } from "@/lib/session";
import { deviceZone } from "@/lib/zones";
import { Button, ButtonLink } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError, SkeletonRows } from "@/ui/states";
import { FrontDoor } from "./front-door";
import { MIN_PASSWORD, PasswordField } from "../password-field";

/** First run: whoever holds the link from the log becomes the owner of the house. */
export function SetupPage({ token }: { token: string | undefined }) {
  const setup = useQuery({ queryKey: [{ _id: "accountsGetSetup" }], queryFn: async ({ signal }) => (await accountsGetSetup({ signal })).data.needed });
  if (setup.isPending) return <FrontDoor title="Set up"><SkeletonRows count={4} /></FrontDoor>;
  if (setup.data === false || !token) {
    return (
      <FrontDoor title="Set up">
        <h1 className="mb-3 font-serif text-2xl font-semibold tracking-tight">{setup.data === false ? "Already set up" : "The link is incomplete"}</h1>
        <p className="mb-6 text-quiet">
          {setup.data === false ? "This house has its owner. Sign in, or ask them for an invitation." : "Copy the whole set-up link from the server's log, with the part behind “token=”."}
        </p>
        <ButtonLink look="primary"><Link to="/sign-in" search={{}}>Go to sign-in</Link></ButtonLink>
      </FrontDoor>
    );
  }
  return <SetupForm token={token} />;
}

function SetupForm({ token }: { token: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState({ name: "", email: "", password: "" });
  const setUp = useAction({
    inline: true,
    run: async () => (await accountsSetUp({ body: { token, ...draft, time_zone: deviceZone(), email: draft.email.trim(), name: draft.name.trim() } })).data,
    touches: ["accounts"],
    onDone: (session) => {
      client.setQueryData(sessionOptions.queryKey, welcome(session));
      void navigate({ to: "/", search: {} });
    },
  });
  const named = ["name", "email", "password"].some((field) => fieldError(setUp.error, field));
  return (
    <FrontDoor title="Set up">
      <h1 className="mb-2 font-serif text-2xl font-semibold tracking-tight">Welcome to your Médiathèque</h1>
      <p className="mb-6 text-quiet">You open this house, so you own it. Everyone else comes by invitation.</p>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); setUp.mutate(); }}>
        {named ? null : <FormError error={setUp.error} />}
        <Field label="Your name" error={fieldError(setUp.error, "name")}><Input autoComplete="name" required autoFocus value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} /></Field>
        <Field label="E-mail" error={fieldError(setUp.error, "email")}><Input type="email" autoComplete="username" required value={draft.email} onChange={(event) => setDraft({ ...draft, email: event.target.value })} /></Field>
        <PasswordField isNew label="Password" value={draft.password} onChange={(password) => setDraft({ ...draft, password })} error={fieldError(setUp.error, "password")} />
        <Button look="primary" type="submit" busy={setUp.isPending} disabled={draft.password.length < MIN_PASSWORD} className="mt-2">Open the house</Button>
      </form>
    </FrontDoor>
  );
}
