import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createQueryClient } from "@/lib/queries";
import { sessionOptions } from "@/lib/session";
import { useTheme } from "@/lib/theme";
import { Toasts } from "@/ui/toast";
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

export function App() {
  useTheme();
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  );
}
