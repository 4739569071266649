import { useQuery } from "@tanstack/react-query";
import { Plus, UsersRound } from "lucide-react";
import { useState } from "react";
import type { TeamRead } from "@/api";
import { useCan } from "@/lib/session";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { Badge, Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { teamsOptions, useRoles } from "./data";
import { TeamDialog } from "./team-dialog";

export function TeamsPage() {
  const can = useCan();
  const roles = useRoles();
  const teams = useQuery(teamsOptions);
  const [open, setOpen] = useState<TeamRead | "new" | null>(null);
  const mayManage = can("spaces.member.manage");
  const add = mayManage ? <Button icon={<Plus size={16} aria-hidden />} onClick={() => setOpen("new")}>New team</Button> : null;
  return (
    <Section title="Teams" actions={teams.data && teams.data.length > 0 ? add : null}>
      <p className="text-quiet">What a team is given, each of its members has: a role, or a permission for one library or one work.</p>
      {teams.isPending ? <SkeletonRows count={3} /> : null}
      {teams.isError ? <ErrorNote error={teams.error} onRetry={() => void teams.refetch()} /> : null}
      {teams.data?.length === 0 ? <Empty icon={<UsersRound size={20} aria-hidden />} title="No teams" actions={add}>A team saves giving the same to each of its members.</Empty> : null}
      {teams.data && teams.data.length > 0 ? (
        <Card>
          <ul className="divide-y divide-line">
            {teams.data.map((team) => (
              <li key={team.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
                <div className="min-w-0 flex-1 basis-52">
                  <p className="flex flex-wrap items-center gap-2 font-medium">{team.name}{team.role ? <Badge>{roles.nameOf(team.role)}</Badge> : null}</p>
                  <p className="text-xs text-quiet">{team.description || team.members.map(({ name }) => name).join(", ") || "Nobody is in it"}</p>
                </div>
                <div className="flex -space-x-2">{team.members.slice(0, 5).map((member) => <Avatar key={member.member_id} name={member.name} size={28} />)}</div>
                {mayManage ? <Button size="s" onClick={() => setOpen(team)}>Change</Button> : null}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {open ? <TeamDialog team={open === "new" ? null : open} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}
