import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { sessionOptions } from "@/lib/session";
import { asText } from "@/lib/search-params";
import { Shell } from "./shell/shell";

export interface RouterContext {
  client: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

/** Everything behind sign-in. Who is not signed in is led there, and back afterwards. */
export const insideRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "inside",
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.query({ ...sessionOptions, staleTime: "static" });
    if (!session) throw redirect({ to: "/sign-in", search: { next: location.href === "/" ? undefined : location.href } });
  },
  component: Shell,
});

/** Only paths of this site: an address that leads elsewhere after sign-in would be a trap. */
export function localPath(value: unknown): string | undefined {
  const path = asText(value);
  return path?.startsWith("/") && !path.startsWith("//") && !path.includes("\\") ? path : undefined;
}
