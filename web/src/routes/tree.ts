import { accountPages } from "./account";
import { accountRoutes } from "./accounts";
import { catalogRoutes } from "./catalog";
import { exchangeRoutes } from "./exchange";
import { houseRoutes } from "./house";
import { libraryRoutes } from "./library";
import { liveRoutes } from "./live";
import { notificationRoutes } from "./notifications";
import { insideRoute, rootRoute } from "./root";
import { scheduleRoutes } from "./schedule";
import { searchRoutes } from "./search";
import { spaceRoutes } from "./spaces";
import { watchRoutes } from "./watch";

export const routeTree = rootRoute.addChildren([
  ...accountRoutes,
  insideRoute.addChildren([...catalogRoutes, ...libraryRoutes, ...exchangeRoutes, ...searchRoutes, ...liveRoutes, ...scheduleRoutes, ...spaceRoutes, ...accountPages, ...houseRoutes, ...notificationRoutes, ...watchRoutes]),
]);
