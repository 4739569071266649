import { Outlet } from "@tanstack/react-router";
import { useSpace } from "@/lib/session";
import { Page } from "@/ui/page";
import { Subnav } from "@/ui/subnav";

const PLACES = [{ to: "/members", label: "People" }, { to: "/members/roles", label: "Roles" }, { to: "/members/teams", label: "Teams" }] as const;

/** Who belongs to the space, and what they may do in it. */
export function MembersLayout() {
  const space = useSpace();
  return (
    <Page title="Members" width="text" summary={space?.name}>
      <Subnav label="Members" places={PLACES} />
      <div key={space?.slug ?? "none"} className="flex flex-col gap-8"><Outlet /></div>
    </Page>
  );
}
