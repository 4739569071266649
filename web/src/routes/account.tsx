import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { asText } from "@/lib/search-params";
import { insideRoute } from "./root";

const layoutRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/account",
  component: lazyRouteComponent(() => import("./account/layout"), "AccountLayout"),
});

const profileRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: "/",
  component: lazyRouteComponent(() => import("@/areas/accounts/profile/profile-page"), "ProfilePage"),
});

const securityRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: "/security",
  component: lazyRouteComponent(() => import("@/areas/accounts/security/security-page"), "SecurityPage"),
});

const devicesRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: "/devices",
  component: lazyRouteComponent(() => import("@/areas/accounts/devices/session-settings"), "SessionSettings"),
});

const keysRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: "/keys",
  component: lazyRouteComponent(() => import("@/areas/accounts/keys/key-settings"), "KeySettings"),
});

const dataRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: "/data",
  component: lazyRouteComponent(() => import("@/areas/accounts/data/data-page"), "DataPage"),
});

const deviceRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/device",
  validateSearch: (raw: Record<string, unknown>): { code?: string } => {
    const code = asText(raw.code);
    return code ? { code } : {};
  },
  component: lazyRouteComponent(async () => {
    const { DevicePage } = await import("@/areas/accounts/devices/device-page");
    return { default: () => <DevicePage code={deviceRoute.useSearch().code} /> };
  }),
});

/** The address that settings had before they were told apart. */
const settingsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/settings",
  beforeLoad: () => { throw redirect({ to: "/account", replace: true }); },
});

export const accountPages = [layoutRoute.addChildren([profileRoute, securityRoute, devicesRoute, keysRoute, dataRoute]), deviceRoute, settingsRoute] as const;
