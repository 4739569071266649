import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { insideRoute } from "./root";

const noticesRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/notices",
  component: lazyRouteComponent(() => import("@/areas/notifications/notices-page"), "NoticesPage"),
});

export const notificationRoutes = [noticesRoute] as const;
