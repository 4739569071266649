import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { RoleRead } from "@/api";
import { plural } from "@/lib/format";
import { labelOf, ROLES } from "@/lib/labels";
import { useCan } from "@/lib/session";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { roleHint, rolesOptions } from "./data";
import { RoleDialog } from "./role-dialog";

export function RolesPage() {
  const can = useCan();
  const roles = useQuery(rolesOptions);
  const [open, setOpen] = useState<RoleRead | "new" | null>(null);
  const mayManage = can("spaces.role.manage");
  return (
    <Section title="Roles" actions={mayManage ? <Button icon={<Plus size={16} aria-hidden />} onClick={() => setOpen("new")}>New role</Button> : null}>
      <p className="text-quiet">A role is a set of permissions. The built-in ones stay as they are; roles of your own can extend them.</p>
      {roles.isPending ? <SkeletonRows count={6} /> : null}
      {roles.isError ? <ErrorNote error={roles.error} onRetry={() => void roles.refetch()} /> : null}
      {roles.data ? (
        <Card>
          <ul className="divide-y divide-line">
            {roles.data.map((role) => (
              <li key={role.slug}>
                <button type="button" onClick={() => setOpen(role)} className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 text-left -outline-offset-2 transition-colors hover:bg-sunken/60">
                  <span className="min-w-0 flex-1 basis-52">
                    <span className="flex flex-wrap items-center gap-2 font-medium">{labelOf(ROLES, role.name)}{role.is_built_in ? null : <Badge tone="accent">Own</Badge>}</span>
                    <span className="block text-xs text-quiet">{roleHint(role)}</span>
                  </span>
                  <span className="text-xs text-quiet tabular">{plural(role.effective.length, "permission")} · {plural(role.members, "member")}</span>
                </button>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {open ? <RoleDialog role={open === "new" ? null : open} roles={roles.data ?? []} mayManage={mayManage} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}
