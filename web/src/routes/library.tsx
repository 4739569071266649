import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseCopiesSearch } from "@/areas/library/copies-search";
import { asOneOf } from "@/lib/search-params";
import { insideRoute } from "./root";

const librariesRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/libraries",
  component: lazyRouteComponent(() => import("./libraries"), "LibrariesRoute"),
});

const copiesRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/copies",
  validateSearch: parseCopiesSearch,
  component: lazyRouteComponent(async () => {
    const { CopiesPage } = await import("@/areas/library/copies-page");
    return { default: () => <CopiesPage search={copiesRoute.useSearch()} /> };
  }),
});

const STATES = ["open", "overdue", "returned", "all"] as const;

const loansRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/loans",
  validateSearch: (raw: Record<string, unknown>): { state?: (typeof STATES)[number] } => {
    const state = asOneOf(raw.state, STATES);
    return state ? { state } : {};
  },
  component: lazyRouteComponent(async () => {
    const { LoansPage } = await import("@/areas/library/loans-page");
    return { default: () => <LoansPage state={loansRoute.useSearch().state ?? "open"} /> };
  }),
});

export const libraryRoutes = [librariesRoute, copiesRoute, loansRoute] as const;
