import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { insideRoute } from "./root";

const playersRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/players",
  component: lazyRouteComponent(() => import("@/areas/watch/players-page"), "PlayersPage"),
});

const watchedRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/watched",
  component: lazyRouteComponent(() => import("@/areas/watch/history-page"), "HistoryPage"),
});

export const watchRoutes = [playersRoute, watchedRoute] as const;
