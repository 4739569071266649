import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { sessionOptions } from "@/lib/session";
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
