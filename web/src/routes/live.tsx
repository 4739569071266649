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

const sourcesRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/guide-sources",
  component: lazyRouteComponent(async () => {
    const [{ SourcesPage }, { UploadDialog }] = await Promise.all([import("@/areas/live/sources/sources-page"), import("@/areas/exchange/upload-dialog")]);
    return { default: () => <SourcesPage Upload={UploadDialog} /> };
  }),
});

const sourceRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/guide-sources/$sourceId",
  component: lazyRouteComponent(async () => {
    const { MappingPage } = await import("@/areas/live/sources/mapping-page");
    return { default: () => <MappingPage sourceId={sourceRoute.useParams().sourceId} /> };
  }),
});

export const liveRoutes = [guideRoute, channelsRoute, remindersRoute, sourcesRoute, sourceRoute] as const;
