import { Outlet } from "@tanstack/react-router";
import { AdminExit } from "@/areas/house/admin-gate";
import { useUser } from "@/lib/session";
import { Page } from "@/ui/page";
import { type Place, Subnav } from "@/ui/subnav";

/** The house as a whole, for those who look after it. */
export function DeskLayout() {
  const user = useUser();
  const places: Place[] = [
    { to: "/desk", label: "People" },
    ...(user.is_instance_owner ? [{ to: "/desk/spaces", label: "Spaces" } as const] : []),
    { to: "/desk/features", label: "Features" },
    { to: "/desk/audit", label: "Audit" },
  ];
  return (
    <Page title="House desk" width="text" summary="All people and spaces of this house" actions={<AdminExit />}>
      <Subnav label="House desk" places={places} />
      <div className="flex flex-col gap-10"><Outlet /></div>
    </Page>
  );
}
