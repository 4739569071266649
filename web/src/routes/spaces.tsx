import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { ActivitySearch } from "@/areas/activity/activity-page";
import { asText, withoutEmpty } from "@/lib/search-params";
import { insideRoute } from "./root";

const membersRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/members",
  component: lazyRouteComponent(() => import("@/areas/spaces/members-page"), "MembersPage"),
});

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

const spaceRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/space",
  component: lazyRouteComponent(() => import("./space/layout"), "SpaceLayout"),
});

const generalRoute = createRoute({
  getParentRoute: () => spaceRoute,
  path: "/",
  component: lazyRouteComponent(() => import("@/areas/spaces/space-settings"), "SpaceSettings"),
});

export const spaceRoutes = [membersRoute, activityRoute, spaceRoute.addChildren([generalRoute])] as const;
