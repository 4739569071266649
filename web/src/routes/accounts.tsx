import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { asText, localPath } from "@/lib/search-params";
import { sessionOptions } from "@/lib/session";
import { rootRoute } from "./root";

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
    const { SignInPage } = await import("@/areas/accounts/door/sign-in-page");
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
    const { SetupPage } = await import("@/areas/accounts/door/setup-page");
    return { default: () => <SetupPage token={setupRoute.useSearch().token} /> };
  }),
});

const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invite",
  pendingComponent: nothing,
  validateSearch: tokenSearch,
  component: lazyRouteComponent(async () => {
    const { InvitePage } = await import("@/areas/accounts/door/invite-page");
    return { default: () => <InvitePage token={inviteRoute.useSearch().token} /> };
  }),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/password-reset",
  pendingComponent: nothing,
  validateSearch: tokenSearch,
  component: lazyRouteComponent(async () => {
    const { ForgottenPage, ResetPage } = await import("@/areas/accounts/door/reset-page");
    return {
      default: () => {
        const { token } = resetRoute.useSearch();
        return token ? <ResetPage token={token} /> : <ForgottenPage />;
      },
    };
  }),
});

const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/verify-email",
  pendingComponent: nothing,
  validateSearch: tokenSearch,
  component: lazyRouteComponent(async () => {
    const { VerifyPage } = await import("@/areas/accounts/door/letter-page");
    return { default: () => <VerifyPage token={verifyRoute.useSearch().token} /> };
  }),
});

const confirmEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/confirm-email",
  pendingComponent: nothing,
  validateSearch: tokenSearch,
  component: lazyRouteComponent(async () => {
    const { ConfirmEmailPage } = await import("@/areas/accounts/door/letter-page");
    return { default: () => <ConfirmEmailPage token={confirmEmailRoute.useSearch().token} /> };
  }),
});

/** Beside the house and not in its frame: whoever chooses a profile is not in it yet. */
const profilesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/profiles",
  pendingComponent: nothing,
  beforeLoad: async ({ context }) => {
    if (!(await context.client.query({ ...sessionOptions, staleTime: "static" }))) throw redirect({ to: "/sign-in", search: { next: "/profiles" } });
  },
  component: lazyRouteComponent(() => import("@/areas/accounts/profiles/picker-page"), "PickerPage"),
});

export const accountRoutes = [signInRoute, setupRoute, inviteRoute, resetRoute, verifyRoute, confirmEmailRoute, profilesRoute] as const;
