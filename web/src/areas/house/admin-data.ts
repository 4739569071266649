import { queryOptions } from "@tanstack/react-query";
import { accountsGetAdminSession, accountsGetPerson, accountsListPeople, type AccountsListPeopleData, type AdministratorRead } from "@/api";
import { ApiError } from "@/lib/errors";
import { feedOptions } from "@/lib/feed";
import { rememberAdminCsrf } from "@/lib/http";
import { feedKey } from "@/lib/queries";

export type PeopleQuery = Pick<NonNullable<AccountsListPeopleData["query"]>, "email" | "role" | "status">;

/** A session of the administration that ended is no reason to leave the application. */
export async function asAdmin<T>(call: Promise<T>, words: "explain" | "keep" = "explain"): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) throw new ApiError(403, { code: "admin_signed_out", message: words === "keep" ? error.message : "Your session of the administration has ended. Load the page again and sign in to it." });
    throw error;
  }
}

export const adminOptions = queryOptions({
  queryKey: [{ _id: "adminSession" }],
  queryFn: async ({ signal }): Promise<AdministratorRead | null> => {
    try {
      const { data } = await accountsGetAdminSession({ signal });
      rememberAdminCsrf(data.csrf_token);
      return data;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

export function peopleFeed(query: PeopleQuery) {
  return feedOptions(feedKey("adminListPeople", query), async (cursor, signal) =>
    (await asAdmin(accountsListPeople({ query: { ...query, ...(cursor ? { cursor } : {}) }, signal }))).data);
}

export const personOptions = (id: string) => queryOptions({ queryKey: [{ _id: "adminGetPerson", id }], queryFn: async ({ signal }) => (await asAdmin(accountsGetPerson({ path: { user_id: id }, signal }))).data });
