import { useQuery } from "@tanstack/react-query";
import { LogIn } from "lucide-react";
import { accountsListProviders } from "@/api";
import { ButtonLink } from "@/ui/button";

/** Other houses whose word counts here, as configured. A plain link: the way leads over their pages. */
export function Providers({ next }: { next: string | undefined }) {
  const providers = useQuery({ queryKey: [{ _id: "accountsListProviders" }], queryFn: async ({ signal }) => (await accountsListProviders({ signal })).data.items });
  return providers.data?.map((provider) => (
    <ButtonLink key={provider.name}>
      <a href={`/api/v1/auth/oidc/${encodeURIComponent(provider.name)}/start${next ? `?next=${encodeURIComponent(next)}` : ""}`}><LogIn size={16} aria-hidden />Sign in with {provider.label}</a>
    </ButtonLink>
  ));
}
