import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { ActivitySearch } from "@/areas/activity/activity-page";
import { parseAuditSearch } from "@/areas/audit/search";
import { asText, withoutEmpty } from "@/lib/search-params";
import { insideRoute } from "./root";

const membersRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/members",
  component: lazyRouteComponent(() => import("./members/layout"), "MembersLayout"),
});

const memberRoutes = [
  createRoute({ getParentRoute: () => membersRoute, path: "/", component: lazyRouteComponent(() => import("@/areas/spaces/members-page"), "MembersPage") }),
  createRoute({ getParentRoute: () => membersRoute, path: "/roles", component: lazyRouteComponent(() => import("@/areas/spaces/roles-page"), "RolesPage") }),
  createRoute({ getParentRoute: () => membersRoute, path: "/teams", component: lazyRouteComponent(() => import("@/areas/spaces/teams-page"), "TeamsPage") }),
] as const;

const activityRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/activity",
  validateSearch: (raw: Record<string, unknown>): ActivitySearch => {
    return withoutEmpty({ kind: asText(raw.kind), from: asText(raw.from), to: asText(raw.to) });
  },
  component: lazyRouteComponent(async () => {
    const { ActivityPage } = await import("@/areas/activity/activity-page");
    return { default: () => <ActivityPage search={activityRoute.useSearch()} /> };
  }),
});

const auditRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/audit",
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(async () => {
    const { AuditPage } = await import("@/areas/audit/audit-page");
    return { default: () => <AuditPage search={auditRoute.useSearch()} /> };
  }),
});

const spaceRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/space",
  component: lazyRouteComponent(() => import("./space/layout"), "SpaceLayout"),
});

const settingRoutes = [
  createRoute({ getParentRoute: () => spaceRoute, path: "/", component: lazyRouteComponent(() => import("./space/general"), "GeneralPage") }),
  createRoute({ getParentRoute: () => spaceRoute, path: "/domains", component: lazyRouteComponent(() => import("@/areas/spaces/settings/domains-page"), "DomainsPage") }),
  createRoute({ getParentRoute: () => spaceRoute, path: "/features", component: lazyRouteComponent(() => import("@/areas/spaces/settings/flags-page"), "FlagsPage") }),
  createRoute({ getParentRoute: () => spaceRoute, path: "/keeping", component: lazyRouteComponent(() => import("./space/keeping"), "KeepingPage") }),
  createRoute({ getParentRoute: () => spaceRoute, path: "/integrations", component: lazyRouteComponent(() => import("@/areas/spaces/settings/integrations-page"), "IntegrationsPage") }),
] as const;

export const spaceRoutes = [membersRoute.addChildren(memberRoutes), activityRoute, auditRoute, spaceRoute.addChildren(settingRoutes)] as const;
