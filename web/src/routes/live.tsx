import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { type GuideSearch, parseGuideSearch } from "@/areas/live/guide-search";
import { insideRoute } from "./root";

const guideRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/guide",
  validateSearch: (raw: Record<string, unknown>): GuideSearch => parseGuideSearch(raw),
  component: lazyRouteComponent(async () => {
    const { GuidePage } = await import("@/areas/live/guide-page");
    return { default: () => <GuidePage search={guideRoute.useSearch()} /> };
  }),
});

const channelsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/channels",
  component: lazyRouteComponent(() => import("@/areas/live/channels-page"), "ChannelsPage"),
});

const remindersRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/reminders",
  component: lazyRouteComponent(() => import("@/areas/live/reminders-page"), "RemindersPage"),
});

export const liveRoutes = [guideRoute, channelsRoute, remindersRoute] as const;
