import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseScheduleSearch, parseTemplatesSearch, type ScheduleSearch, type TemplatesSearch } from "@/areas/live/schedule/schedule-search";
import { insideRoute } from "./root";

const scheduleRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/schedule",
  validateSearch: (raw: Record<string, unknown>): ScheduleSearch => parseScheduleSearch(raw),
  component: lazyRouteComponent(async () => {
    const { SchedulePage } = await import("@/areas/live/schedule/schedule-page");
    return { default: () => <SchedulePage search={scheduleRoute.useSearch()} /> };
  }),
});

const templatesRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/schedule/templates",
  validateSearch: (raw: Record<string, unknown>): TemplatesSearch => parseTemplatesSearch(raw),
  component: lazyRouteComponent(async () => {
    const { TemplatesPage } = await import("@/areas/live/schedule/templates-page");
    return { default: () => <TemplatesPage search={templatesRoute.useSearch()} /> };
  }),
});

export const scheduleRoutes = [scheduleRoute, templatesRoute] as const;
