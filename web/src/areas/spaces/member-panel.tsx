import { useQuery } from "@tanstack/react-query";
import { spacesGetMember, type MemberRead } from "@/api";
import { formatAgo, formatDate, formatNumber } from "@/lib/format";
import { useCan } from "@/lib/session";
import { Avatar } from "@/ui/avatar";
import { Fact, Facts } from "@/ui/facts";
import { SidePanel } from "@/ui/side-panel";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { useRoles } from "./data";
import { MemberProfiles } from "./member-profiles";
import { WhyAllowed } from "./why-allowed";

/** What a manager wants to know of a member before they change anything. */
export function MemberPanel({ member, onClose }: { member: MemberRead; onClose: () => void }) {
  const can = useCan();
  const roles = useRoles();
  const drawer = useQuery({ queryKey: [{ _id: "spacesGetMember", id: member.id }], queryFn: async ({ signal }) => (await spacesGetMember({ path: { member_id: member.id }, signal })).data });
  const known = drawer.data;
  return (
    <SidePanel
      label={`Member ${member.name}`}
      onClose={onClose}
      title={<div className="flex items-center gap-3"><Avatar name={member.name} size={44} /><div className="min-w-0"><p className="font-serif text-lg font-semibold">{member.name}</p><p className="truncate text-quiet">{member.email}</p></div></div>}
    >
      {drawer.isPending ? <SkeletonRows count={5} className="h-6" /> : null}
      {drawer.isError ? <ErrorNote error={drawer.error} onRetry={() => void drawer.refetch()} /> : null}
      {known ? (
        <Facts>
          <Fact name="Role">{roles.nameOf(known.role)}{known.is_active ? null : <> <Badge tone="danger">Suspended</Badge></>}</Fact>
          <Fact name="Joined">{formatDate(known.joined_at)}</Fact>
          <Fact name="Last sign-in">{known.last_login_at ? formatAgo(known.last_login_at) : "never"}</Fact>
          <Fact name="Contributions">{formatNumber(known.contributions)}{known.last_contribution_at ? `, the last ${formatAgo(known.last_contribution_at)}` : ""}</Fact>
          <Fact name="Second factor">{known.has_second_factor ? <Badge tone="positive">On</Badge> : <Badge>Off</Badge>}</Fact>
          <Fact name="Teams">{known.teams.length > 0 ? known.teams.map((team) => team.name).join(", ") : "none"}</Fact>
          {known.grants > 0 ? <Fact name="Single grants">{formatNumber(known.grants)}</Fact> : null}
        </Facts>
      ) : null}
      {can("spaces.member.manage") ? <MemberProfiles userId={member.user_id} /> : null}
      {can("spaces.role.manage") ? <WhyAllowed userId={member.user_id} name={member.name} /> : null}
    </SidePanel>
  );
}
