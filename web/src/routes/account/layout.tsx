import { Outlet } from "@tanstack/react-router";
import { Page } from "@/ui/page";
import { Subnav } from "@/ui/subnav";

const PLACES = [
  { to: "/account", label: "Profile" },
  { to: "/account/security", label: "Sign-in and security" },
  { to: "/account/devices", label: "Devices" },
  { to: "/account/keys", label: "Keys" },
  { to: "/account/data", label: "My data" },
] as const;

/** Everything that belongs to the person and to no space. */
export function AccountLayout() {
  return (
    <Page title="Your account" width="text">
      <Subnav label="Your account" places={PLACES} />
      <div className="flex max-w-3xl flex-col gap-10"><Outlet /></div>
    </Page>
  );
}
