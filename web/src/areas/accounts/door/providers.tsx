import { useQuery } from "@tanstack/react-query";
import { LogIn } from "lucide-react";
import { accountsListProviders } from "@/api";
import { ButtonLink } from "@/ui/button";
import { startPath } from "../outside";

/** Other houses whose word counts here, as configured. A plain link: the way leads over their pages. */
export function Providers({ next }: { next: string | undefined }) {
  const providers = useQuery({ queryKey: [{ _id: "accountsListProviders" }], queryFn: async ({ signal }) => (await accountsListProviders({ signal })).data.items });
  return providers.data?.map((provider) => (
    <ButtonLink key={provider.name}>
      <a href={startPath(provider.name, { next })}><LogIn size={16} aria-hidden />Sign in with {provider.label}</a>
    </ButtonLink>
  ));
}
