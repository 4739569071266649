import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { accountsGetAdminSession, accountsGetPerson, accountsListPeople, accountsListUserProfiles, type AccountsListPeopleData, type AdministratorRead, spacesListHouseFlags, spacesListHouseSpaces } from "@/api";
import { asAdmin } from "@/lib/admin";
import { ApiError } from "@/lib/errors";
import { feedOptions } from "@/lib/feed";
import { rememberAdminCsrf } from "@/lib/http";
import { feedKey } from "@/lib/queries";

export type PeopleQuery = Pick<NonNullable<AccountsListPeopleData["query"]>, "email" | "role" | "status">;

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

export const profilesOptions = (id: string) => queryOptions({ queryKey: [{ _id: "adminListUserProfiles", id }], queryFn: async ({ signal }) => (await asAdmin(accountsListUserProfiles({ path: { user_id: id }, signal }))).data.items });

export const houseFlagsOptions = queryOptions({ queryKey: [{ _id: "adminListHouseFlags" }], queryFn: async ({ signal }) => (await asAdmin(spacesListHouseFlags({ signal }))).data.items });
export const houseSpacesOptions = queryOptions({ queryKey: [{ _id: "spacesListHouseSpaces" }], queryFn: async ({ signal }) => (await spacesListHouseSpaces({ signal })).data.items });

/** Everything that the administration answered is asked for again. */
export function refreshAdmin(client: QueryClient): void {
  void client.invalidateQueries({ predicate: ({ queryKey: [head] }) => typeof head === "object" && head !== null && "_id" in head && String(head._id).startsWith("admin") });
}
