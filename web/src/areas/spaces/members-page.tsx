import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { type MemberRead, spacesChangeMemberRole, spacesRemoveMember } from "@/api";
import { formatAgo, plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { useCan, useUser } from "@/lib/session";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { ConfirmButton } from "@/ui/dialog";
import { Select } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { membersOptions, useRoles } from "./data";
import { Invitations, InviteDialog } from "./invitations";
import { MemberPanel } from "./member-panel";

export function MembersPage() {
  const can = useCan();
  const [isInviting, setInviting] = useState(false);
  const [open, setOpen] = useState<MemberRead | null>(null);
  const members = useQuery(membersOptions);
  const mayInvite = can("spaces.invitation.create");
  return (
    <Section title={members.data ? plural(members.data.length, "person", "people") : "People"} className="gap-4" actions={mayInvite ? <Button look="primary" icon={<UserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>Invite</Button> : null}>
      {members.isPending ? <SkeletonRows count={4} className="h-16" /> : null}
      {members.isError ? <ErrorNote error={members.error} onRetry={() => void members.refetch()} /> : null}
      {members.data ? <Card><ul className="divide-y divide-line">{members.data.map((member) => <Member key={`${member.id} ${member.role}`} member={member} onOpen={() => setOpen(member)} />)}</ul></Card> : null}
      {mayInvite ? <Section title="Invitations"><Invitations onInvite={() => setInviting(true)} /></Section> : null}
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      {open ? <MemberPanel member={open} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}

/** A member's role changes only with Save: a slip in a list must not hand out the house. */
function Member({ member, onOpen }: { member: MemberRead; onOpen: () => void }) {
  const can = useCan();
  const me = useUser();
  const roles = useRoles();
  const [role, setRole] = useState(member.role);
  const path = { member_id: member.id };
  const save = useAction({ run: () => spacesChangeMemberRole({ path, body: { role } }), touches: ["spaces", "activity"], done: `${member.name} is now ${roles.nameOf(role)}` });
  const remove = useAction({ run: () => spacesRemoveMember({ path }), touches: ["spaces", "activity"], done: `${member.name} is no longer a member` });
  const mayManage = can("spaces.member.manage") && member.user_id !== me.id;
  const isChanged = role !== member.role;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <Avatar name={member.name} />
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex items-center gap-2 font-medium"><button type="button" onClick={onOpen} className="rounded-sm underline-offset-2 hover:underline">{member.name}</button>{member.user_id === me.id ? <Badge>You</Badge> : null}</p>
        <p className="truncate text-xs text-quiet">{member.email} · {member.last_login_at ? `here ${formatAgo(member.last_login_at)}` : "not here yet"}</p>
      </div>
      {mayManage ? (
        <div className="flex flex-wrap items-center gap-2">
          <Select aria-label={`Role of ${member.name}`} title={roles.hintOf(role)} className="w-44" value={role} options={roles.options} onValue={setRole} />
          {isChanged ? <Button look="primary" busy={save.isPending} onClick={() => save.mutate()}>Save</Button> : (
            <ConfirmButton title={`Remove ${member.name}?`} confirm="Remove" onConfirm={() => remove.mutate()} button={(ask) => <Button look="quiet" busy={remove.isPending} onClick={ask}>Remove</Button>}>
              They lose access to this space at once. What they added stays.
            </ConfirmButton>
          )}
        </div>
      ) : <Badge tone={member.role === "owner" ? "accent" : "plain"}>{roles.nameOf(member.role)}</Badge>}
    </li>
  );
}
