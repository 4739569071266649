import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { personOptions, titleOptions } from "@/areas/catalog/data";
import { isHome, parseWorksSearch } from "@/areas/catalog/filters";
import { lookForTelevision } from "@/areas/live/television";
import { type Kind, KINDS } from "@/lib/labels";
import { asOneOf, asText } from "@/lib/search-params";
import { insideRoute } from "./root";

const worksRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/",
  validateSearch: parseWorksSearch,
  loaderDeps: ({ search }) => ({ isHome: isHome(search) }),
  loader: ({ context, deps }) => (deps.isHome ? lookForTelevision(context.client) : undefined),
  component: lazyRouteComponent(async () => {
    const { Works } = await import("./works");
    return { default: () => <Works search={worksRoute.useSearch()} /> };
  }),
});

const newTitleRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/titles/new",
  validateSearch: (raw: Record<string, unknown>): { kind?: Kind } => {
    const kind = asOneOf(raw.kind, Object.keys(KINDS) as Kind[]);
    return kind ? { kind } : {};
  },
  component: lazyRouteComponent(async () => {
    const { NewTitlePage } = await import("@/areas/catalog/form/new-page");
    return { default: () => <NewTitlePage {...newTitleRoute.useSearch()} /> };
  }),
});

const titleRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/titles/$titleId",
  loader: ({ context, params }) => context.client.query({ ...titleOptions(params.titleId), staleTime: "static" }),
  component: lazyRouteComponent(async () => {
    const { TitlePage } = await import("./title");
    return { default: () => <TitlePage titleId={titleRoute.useParams().titleId} /> };
  }),
});

const editTitleRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/titles/$titleId/edit",
  loader: ({ context, params }) => context.client.query({ ...titleOptions(params.titleId), staleTime: "static" }),
  component: lazyRouteComponent(async () => {
    const { EditTitlePage } = await import("@/areas/catalog/form/edit-page");
    return { default: () => <EditTitlePage titleId={editTitleRoute.useParams().titleId} /> };
  }),
});

const peopleRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/people",
  validateSearch: (raw: Record<string, unknown>): { q?: string } => {
    const q = asText(raw.q);
    return q ? { q } : {};
  },
  component: lazyRouteComponent(async () => {
    const { PeoplePage } = await import("@/areas/catalog/people/people-page");
    return { default: () => <PeoplePage q={peopleRoute.useSearch().q ?? ""} /> };
  }),
});

const personRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/people/$personId",
  loader: ({ context, params }) => context.client.query({ ...personOptions(params.personId), staleTime: "static" }),
  component: lazyRouteComponent(async () => {
    const { PersonPage } = await import("@/areas/catalog/people/person-page");
    return { default: () => <PersonPage personId={personRoute.useParams().personId} /> };
  }),
});

const duplicatesRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/duplicates",
  component: lazyRouteComponent(() => import("@/areas/catalog/duplicates/duplicates-page"), "DuplicatesPage"),
});

export const catalogRoutes = [worksRoute, newTitleRoute, titleRoute, editTitleRoute, peopleRoute, personRoute, duplicatesRoute] as const;
