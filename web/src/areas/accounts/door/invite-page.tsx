import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type InvitationLookup, spacesClaimInvitation, spacesFindInvitation } from "@/api";
import { fieldError } from "@/lib/errors";
import { labelOf, ROLE_HINTS, ROLES } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { sessionOptions, welcome } from "@/lib/session";
import { Button, ButtonLink } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError, SkeletonRows } from "@/ui/states";
import { FrontDoor } from "./front-door";
import { PasswordField } from "../password-field";

export function InvitePage({ token }: { token: string | undefined }) {
  const invitation = useQuery({
    queryKey: [{ _id: "spacesFindInvitation", token }],
    queryFn: async ({ signal }) => (await spacesFindInvitation({ query: { token: token ?? "" }, signal })).data,
    enabled: token !== undefined,
    retry: false,
  });
  if (token && invitation.isPending) return <FrontDoor title="Invitation"><SkeletonRows count={4} /></FrontDoor>;
  if (!token || !invitation.data) {
    return (
      <FrontDoor title="Invitation">
        <h1 className="mb-3 font-serif text-2xl font-semibold tracking-tight">This invitation does not open</h1>
        <p className="mb-6 text-quiet">It was used, taken back or has expired, or the link was cut off. Ask the person who sent it for a new one.</p>
        <ButtonLink><Link to="/sign-in" search={{}}>Go to sign-in</Link></ButtonLink>
      </FrontDoor>
    );
  }
  return <ClaimForm token={token} invitation={invitation.data} />;
}

function ClaimForm({ token, invitation }: { token: string; invitation: InvitationLookup }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const session = useQuery(sessionOptions);
  const [draft, setDraft] = useState({ name: "", email: invitation.email ?? "", password: "" });
  const hint = (ROLE_HINTS as Readonly<Record<string, string>>)[invitation.role];
  const isSignedIn = Boolean(session.data);
  const claim = useAction({
    inline: true,
    run: async () => {
      const who = isSignedIn ? {} : invitation.needs_account ? draft : { email: draft.email, password: draft.password };
      return (await spacesClaimInvitation({ body: { token, ...who } })).data;
    },
    touches: ["spaces", "accounts"],
    onDone: (next) => {
      client.setQueryData(sessionOptions.queryKey, welcome(next));
      void navigate({ to: "/", search: {} });
    },
  });
  const named = ["name", "email", "password"].some((field) => fieldError(claim.error, field));
  return (
    <FrontDoor title="Invitation">
      <p className="text-quiet">You are invited to</p>
      <h1 className="mb-2 font-serif text-2xl font-semibold tracking-tight">{invitation.space_name}</h1>
      <p className="mb-6 text-quiet">as {labelOf(ROLES, invitation.role)}{hint ? `: ${hint.toLowerCase()}` : ""}.</p>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); claim.mutate(); }}>
        {named ? null : <FormError error={claim.error} />}
        {isSignedIn ? <p>You join as <strong className="font-medium">{session.data?.user.email}</strong>.</p> : (
          <>
            {invitation.needs_account ? <Field label="Your name" error={fieldError(claim.error, "name")}><Input autoComplete="name" required value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} /></Field> : null}
            <Field label="E-mail" error={fieldError(claim.error, "email")}><Input type="email" autoComplete="username" required readOnly={Boolean(invitation.email)} value={draft.email} onChange={(event) => setDraft({ ...draft, email: event.target.value })} /></Field>
            <PasswordField isNew={invitation.needs_account} label="Password" value={draft.password} onChange={(password) => setDraft({ ...draft, password })} error={fieldError(claim.error, "password")} />
          </>
        )}
        <Button look="primary" type="submit" busy={claim.isPending} className="mt-2">Join</Button>
      </form>
    </FrontDoor>
  );
}
