import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
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
  component: lazyRouteComponent(() => import("@/areas/house/desk-page"), "DeskPage"),
});

export const houseRoutes = [lettersRoute, deskRoute] as const;
