import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { type Kind, KINDS } from "@/lib/labels";
import { asListOf, asText } from "@/lib/search-params";
import { insideRoute } from "./root";

const searchRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/search",
  validateSearch: (raw: Record<string, unknown>): { q?: string; kind?: Kind[] } => {
    const q = asText(raw.q);
    const kind = asListOf(raw.kind, Object.keys(KINDS) as Kind[]);
    return { ...(q ? { q } : {}), ...(kind ? { kind } : {}) };
  },
  component: lazyRouteComponent(async () => {
    const { SearchPage } = await import("@/areas/search/search-page");
    return {
      default: () => {
        const { q = "", kind } = searchRoute.useSearch();
        return <SearchPage q={q} kind={kind} />;
      },
    };
  }),
});

export const searchRoutes = [searchRoute] as const;
