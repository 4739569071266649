import type { UseMutationResult } from "@tanstack/react-query";
import { accountsAskPasskey, accountsShowPasskey, type SessionRead } from "@/api";
import { useAction } from "@/lib/queries";
import { askPasskey } from "@/lib/webauthn";

/** Signs in with a passkey: alone, or as the second step that `challenge` began. Who breaks it off stays where they are. */
export function usePasskey(enter: (session: SessionRead) => void, challenge?: string): UseMutationResult {
  return useAction({
    inline: true,
    run: async () => {
      const { data } = await accountsAskPasskey({ body: challenge ? { challenge } : {} });
      const credential = await askPasskey(data.options);
      return credential ? (await accountsShowPasskey({ body: { challenge: data.challenge, credential } })).data : null;
    },
    touches: [],
    onDone: (session) => { if (session) enter(session); },
  });
}
