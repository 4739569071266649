import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { accountsLeaveProfile, accountsSelectProfile, type ProfileProof, type ProfileRead } from "@/api";
import { useAction } from "@/lib/queries";
import { sessionOptions } from "@/lib/session";

/** Where to: a profile, or null for the account itself; and what opens it. */
export interface Entry {
  profile: ProfileRead | null;
  proof?: ProfileProof;
}

/** Changes to a profile. All that was loaded belongs to the one before and is forgotten. Whoever calls shows what fails. */
export function useEnter() {
  const client = useQueryClient();
  const router = useRouter();
  return useAction({
    inline: true,
    run: async ({ profile, proof = {} }: Entry): Promise<unknown> => (profile ? accountsSelectProfile({ path: { profile_id: profile.id }, body: proof }) : accountsLeaveProfile({ body: proof })),
    touches: [],
    onDone: () => void client.refetchQueries({ queryKey: sessionOptions.queryKey }).then(() => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionOptions.queryKey[0] });
      void router.navigate({ to: "/", search: {} });
    }),
  });
}
