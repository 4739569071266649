import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { SessionRead } from "@/api";
import { sessionOptions, welcome } from "@/lib/session";

/** Takes over the session that a way of signing in answered, and goes where the person wanted to go. */
export function useWelcome(next: string | undefined): (session: SessionRead) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (session) => {
    client.setQueryData(sessionOptions.queryKey, welcome(session));
    router.history.push(next ?? "/");
  };
}
