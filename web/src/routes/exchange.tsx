import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { importOptions } from "@/areas/exchange/data";
import { asText } from "@/lib/search-params";
import { insideRoute } from "./root";

const importsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/imports",
  component: lazyRouteComponent(() => import("@/areas/exchange/imports-page"), "ImportsPage"),
});

const newImportRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/imports/new",
  component: lazyRouteComponent(() => import("@/areas/exchange/wizard-page"), "ImportWizardPage"),
});

const importRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/imports/$importId",
  loader: ({ context, params }) => context.client.query({ ...importOptions(params.importId), staleTime: "static" }),
  component: lazyRouteComponent(async () => {
    const { ImportPage } = await import("@/areas/exchange/import-page");
    return { default: () => <ImportPage importId={importRoute.useParams().importId} /> };
  }),
});

const reviewRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: "/review",
  validateSearch: (raw: Record<string, unknown>): { import?: string } => {
    const id = asText(raw.import);
    return id ? { import: id } : {};
  },
  component: lazyRouteComponent(async () => {
    const { ReviewPage } = await import("@/areas/exchange/review-page");
    return { default: () => <ReviewPage importId={reviewRoute.useSearch().import} /> };
  }),
});

export const exchangeRoutes = [importsRoute, newImportRoute, importRoute, reviewRoute] as const;
