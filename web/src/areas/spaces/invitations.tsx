import { useQuery } from "@tanstack/react-query";
import { MailPlus } from "lucide-react";
import { useState } from "react";
import { type InvitationRead, spacesCreateInvitation, spacesListInvitations, spacesRevokeInvitation } from "@/api";
import { fieldError } from "@/lib/errors";
import { formatShortDate } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { CopyText } from "@/ui/copy-text";
import { Dialog, FormDialog } from "@/ui/dialog";
import { Field, Input, Select } from "@/ui/field";
import { Card } from "@/ui/page";
import { Badge, Empty, ErrorNote, FormError, SkeletonRows } from "@/ui/states";
import { useRoles } from "./data";

function stateOf(invitation: InvitationRead): string {
  if (invitation.state === "claimed") return `used ${invitation.claimed_at ? formatShortDate(invitation.claimed_at) : ""}${invitation.claimed_by ? ` by ${invitation.claimed_by}` : ""}`;
  if (invitation.state === "revoked") return "taken back";
  if (invitation.state === "expired") return "expired";
  return `open until ${formatShortDate(invitation.expires_at)}${invitation.invited_by ? `, from ${invitation.invited_by}` : ""}`;
}

export function Invitations({ onInvite }: { onInvite: () => void }) {
  const [showsClosed, setShowsClosed] = useState(false);
  const invitations = useQuery({
    queryKey: [{ _id: "spacesListInvitations", showsClosed }],
    queryFn: async ({ signal }) => (await spacesListInvitations({ query: { include_closed: showsClosed }, signal })).data.items,
  });
  if (invitations.isPending) return <SkeletonRows count={2} />;
  if (invitations.isError) return <ErrorNote error={invitations.error} onRetry={() => void invitations.refetch()} />;
  return (
    <>
      <Checkbox label="Show used and expired ones" checked={showsClosed} onChange={setShowsClosed} />
      {invitations.data.length === 0 ? (
        <Empty icon={<MailPlus size={20} aria-hidden />} title="No open invitations" actions={<Button onClick={onInvite}>Invite someone</Button>}>Invite by a link that you pass on yourself.</Empty>
      ) : <Card><ul className="divide-y divide-line">{invitations.data.map((each) => <Row key={each.id} invitation={each} />)}</ul></Card>}
    </>
  );
}

function Row({ invitation }: { invitation: InvitationRead }) {
  const { nameOf } = useRoles();
  const revoke = useAction({ run: () => spacesRevokeInvitation({ path: { invitation_id: invitation.id } }), touches: ["spaces", "activity"], done: "The invitation is taken back" });
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="truncate font-medium">{invitation.email ?? "Anyone with the link"}</p>
        <p className="text-xs text-quiet">{stateOf(invitation)}</p>
      </div>
      <Badge>{nameOf(invitation.role)}</Badge>
      {invitation.state === "open" ? <Button size="s" busy={revoke.isPending} onClick={() => revoke.mutate()}>Take back</Button> : null}
    </li>
  );
}

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("member");
  const [days, setDays] = useState("7");
  const roles = useRoles();
  const invite = useAction({
    inline: true,
    run: async () => (await spacesCreateInvitation({ body: { email: email.trim() || null, role, expires_in_days: Number(days) } })).data,
    touches: ["spaces", "activity"],
  });
  if (invite.data) {
    return (
      <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title="The invitation is ready" description={`Send this link${invite.data.email ? ` to ${invite.data.email}` : ""}. It works once, until ${formatShortDate(invite.data.expires_at)}.`} footer={<Button look="primary" onClick={onClose}>Done</Button>}>
        <CopyText text={invite.data.url} label="Invitation link" />
      </Dialog>
    );
  }
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Invite someone" submit="Make the link" busy={invite.isPending} onSubmit={() => invite.mutate()}>
      {fieldError(invite.error, "email") ? null : <FormError error={invite.error} />}
      <Field label="E-mail" optional error={fieldError(invite.error, "email")} hint="With an address, a letter with the link goes there, and only that person can use it."><Input type="email" autoFocus value={email} onChange={(event) => setEmail(event.target.value)} /></Field>
      <Field label="Role" hint={roles.hintOf(role)}><Select value={role} options={roles.options.filter(({ value }) => value !== "owner")} onValue={setRole} /></Field>
      <Field label="The link works for"><Select value={days} options={[{ value: "1", label: "a day" }, { value: "7", label: "a week" }, { value: "30", label: "30 days" }]} onValue={setDays} /></Field>
    </FormDialog>
  );
}
