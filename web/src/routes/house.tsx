import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseAuditSearch } from "@/areas/audit/search";
import { LETTER_STATES, type LetterState } from "@/areas/house/letter-data";
import { asOneOf } from "@/lib/search-params";
import { insideRoute } from "./root";

const lettersRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/letters",
  validateSearch: (raw: Record<string, unknown>): { state?: LetterState } => {
    const state = asOneOf(raw.state, Object.keys(LETTER_STATES) as LetterState[]);
    return state ? { state } : {};
  },
  component: lazyRouteComponent(async () => {
    const { LettersPage } = await import("@/areas/house/letters-page");
    return { default: () => <LettersPage state={lettersRoute.useSearch().state} /> };
  }),
});

const deskRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/desk",
  component: lazyRouteComponent(() => import("./desk/layout"), "DeskLayout"),
});

const deskAuditRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/audit",
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(async () => {
    const { HouseAuditPage } = await import("./desk/audit");
    return { default: () => <HouseAuditPage search={deskAuditRoute.useSearch()} /> };
  }),
});

const deskRoutes = [
  createRoute({ getParentRoute: () => deskRoute, path: "/", component: lazyRouteComponent(() => import("@/areas/house/desk-page"), "DeskPage") }),
  createRoute({ getParentRoute: () => deskRoute, path: "/spaces", component: lazyRouteComponent(() => import("@/areas/house/spaces-page"), "HouseSpacesPage") }),
  createRoute({ getParentRoute: () => deskRoute, path: "/features", component: lazyRouteComponent(() => import("@/areas/house/features-page"), "HouseFeaturesPage") }),
  deskAuditRoute,
] as const;

export const houseRoutes = [lettersRoute, deskRoute.addChildren(deskRoutes)] as const;
