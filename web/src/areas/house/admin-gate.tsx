import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { accountsRevokeAll, accountsSignOutAdmin, type AdministratorRead } from "@/api";
import { asAdmin } from "@/lib/admin";
import { humanise } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { ConfirmButton } from "@/ui/dialog";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { adminOptions } from "./admin-data";
import { AdminDoor } from "./admin-door";

interface AdminGateProps {
  /** What the administrator's role must allow. */
  needs: string;
  children: (admin: AdministratorRead) => ReactNode;
}

/** What lies behind the second door: who is not through it stands before it, on the same page. */
export function AdminGate({ needs, children }: AdminGateProps) {
  const admin = useQuery(adminOptions);
  if (admin.isPending) return <SkeletonRows count={3} />;
  if (admin.isError) return <ErrorNote error={admin.error} onRetry={() => void admin.refetch()} />;
  if (admin.data === null) return <AdminDoor />;
  if (!admin.data.permissions.includes(needs)) return <Empty title="Not for this role">In the house you are {humanise(admin.data.role).toLowerCase()}, which does not open this page.</Empty>;
  return children(admin.data);
}

/** Ways out of the administration, here or everywhere. */
export function AdminExit() {
  const client = useQueryClient();
  const admin = useQuery(adminOptions);
  const onDone = (): void => { client.setQueryData(adminOptions.queryKey, null); };
  const leave = useAction({ run: () => asAdmin(accountsSignOutAdmin()), touches: [], onDone });
  const revoke = useAction({ run: () => asAdmin(accountsRevokeAll()), touches: [], done: "All your sessions of the administration are ended", onDone });
  if (!admin.data) return null;
  return (
    <>
      <ConfirmButton title="End all your sessions of the administration?" confirm="End them" onConfirm={() => revoke.mutate()} button={(ask) => <Button look="quiet" busy={revoke.isPending} onClick={ask}>End all sessions</Button>}>
        This one and those on other devices. You stay signed in to the application.
      </ConfirmButton>
      <Button busy={leave.isPending} onClick={() => leave.mutate()}>Close the administration</Button>
    </>
  );
}
