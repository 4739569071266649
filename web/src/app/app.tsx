import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { notices, subscribeNotices } from "@/lib/notices";
import { createQueryClient } from "@/lib/queries";
import { sessionOptions } from "@/lib/session";
import { useTheme } from "@/lib/theme";
import { useIsProofAsked } from "@/lib/proof";
import { createAppRouter } from "./router";

const client = createQueryClient(() => {
  // The session ended elsewhere: forget it, and let the guard of the inside routes lead to sign-in.
  client.setQueryData(sessionOptions.queryKey, null);
  void router.invalidate();
});
const router = createAppRouter(client);

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

const ProofDialog = lazy(() => import("@/areas/accounts/proof-dialog"));

/** Above whatever page is open: a call of it waits for the answer. */
function Proof() {
  return useIsProofAsked() ? <Suspense fallback={null}><ProofDialog /></Suspense> : null;
}

const Toasts = lazy(async () => ({ default: (await import("@/ui/toast")).Toasts }));

/** Words about what was done come with the first of them. */
function Notices() {
  const shown = useSyncExternalStore(subscribeNotices, notices);
  const [isNeeded, setNeeded] = useState(false);
  if (shown.length > 0 && !isNeeded) setNeeded(true);
  return isNeeded ? <Suspense fallback={null}><Toasts /></Suspense> : null;
}

export function App() {
  useTheme();
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Proof />
      <Notices />
    </QueryClientProvider>
  );
}
