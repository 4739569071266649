import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { parseSearch, stringifySearch } from "@/lib/search-params";
import { routeTree } from "@/routes/tree";
import { ErrorScreen, LoadingScreen, NotFoundScreen } from "./screens";

/** The router of the application; its routes load their code and their data when they are near. */
export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    // Queries keep the data and know how fresh it is; the router should always ask them.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingMs: 200,
    defaultPendingComponent: LoadingScreen,
    defaultErrorComponent: ErrorScreen,
    defaultNotFoundComponent: NotFoundScreen,
  });
}
