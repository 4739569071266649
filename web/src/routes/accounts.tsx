import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { asText } from "@/lib/search-params";
import { sessionOptions } from "@/lib/session";
import { localPath, rootRoute } from "./root";

/** These pages have no frame that a skeleton could stand in, and they come at once. */
const nothing = (): null => null;

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  pendingComponent: nothing,
  validateSearch: (raw: Record<string, unknown>): { next?: string } => {
    const next = localPath(raw.next);
    return next ? { next } : {};
  },
  beforeLoad: async ({ context, search }) => {
    if (await context.client.query({ ...sessionOptions, staleTime: "static" })) throw redirect({ href: search.next ?? "/" });
  },
  component: lazyRouteComponent(async () => {
    const { SignInPage } = await import("@/areas/accounts/sign-in-page");
    return { default: () => <SignInPage next={signInRoute.useSearch().next} /> };
  }),
});

const tokenSearch = (raw: Record<string, unknown>): { token?: string } => {
  const token = asText(raw.token);
  return token ? { token } : {};
};

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  pendingComponent: nothing,
  validateSearch: tokenSearch,
  component: lazyRouteComponent(async () => {
    const { SetupPage } = await import("@/areas/accounts/setup-page");
    return { default: () => <SetupPage token={setupRoute.useSearch().token} /> };
  }),
});

const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invite",
  pendingComponent: nothing,
  validateSearch: tokenSearch,
  component: lazyRouteComponent(async () => {
    const { InvitePage } = await import("@/areas/accounts/invite-page");
    return { default: () => <InvitePage token={inviteRoute.useSearch().token} /> };
  }),
});

export const accountRoutes = [signInRoute, setupRoute, inviteRoute] as const;
