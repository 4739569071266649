import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { accountsGetSession, type Permission, type SessionRead, type SpaceSummary, type UserRead } from "@/api";
import { ApiError } from "./errors";
import { rememberCsrf } from "./http";
import { activeSpace } from "./space";

/** Who is signed in; null for nobody, which is an answer and no error. */
export const sessionOptions = queryOptions({
  queryKey: [{ _id: "session" }],
  queryFn: async ({ signal }): Promise<SessionRead | null> => {
    try {
      const { data } = await accountsGetSession({ signal });
      return welcome(data);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

/** Takes over a session that sign-in, set-up or an invitation answered. */
export function welcome(session: SessionRead): SessionRead {
  rememberCsrf(session.csrf_token);
  const known = session.spaces.some((space) => space.slug === activeSpace.get());
  if (!known) activeSpace.set(session.spaces[0]?.slug ?? "");
  return session;
}

export function useSession(): SessionRead {
  const { data } = useSuspenseQuery(sessionOptions);
  if (!data) throw new ApiError(401, { code: "signed_out", message: "You are signed out. Sign in again to go on." });
  return data;
}

export const useUser = (): UserRead => useSession().user;

export function useSpace(): SpaceSummary | undefined {
  const slug = activeSpace.use();
  const { spaces } = useSession();
  return spaces.find((space) => space.slug === slug) ?? spaces[0];
}

/** Whether the person may do this in the space they are in. The server decides again; this only hides what it would refuse. */
export function useCan(): (permission: Permission) => boolean {
  const granted: readonly string[] = useSpace()?.permissions ?? [];
  return (permission) => granted.includes(permission);
}
