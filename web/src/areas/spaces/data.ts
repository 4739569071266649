import { queryOptions, useQuery } from "@tanstack/react-query";
import { type MemberRead, spacesListMembers, spacesListPermissions, spacesListRoles, spacesListTeams } from "@/api";
import { labelOf, ROLES } from "@/lib/labels";

export const membersOptions = queryOptions({
  queryKey: [{ _id: "spacesListMembers" }],
  queryFn: async ({ signal }): Promise<MemberRead[]> => (await spacesListMembers({ signal })).data.items,
});
export const rolesOptions = queryOptions({ queryKey: [{ _id: "spacesListRoles" }], queryFn: async ({ signal }) => (await spacesListRoles({ signal })).data.items });
export const teamsOptions = queryOptions({ queryKey: [{ _id: "spacesListTeams" }], queryFn: async ({ signal }) => (await spacesListTeams({ signal })).data.items });
export const permissionsOptions = queryOptions({ queryKey: [{ _id: "spacesListPermissions" }], queryFn: async ({ signal }) => (await spacesListPermissions({ signal })).data.items, staleTime: Infinity });

export interface RoleChoice {
  options: { value: string; label: string }[];
  nameOf: (slug: string) => string;
  hintOf: (slug: string) => string | undefined;
}

/** The roles of this space, its own ones among them; the built-in ones until the server has answered. */
export function useRoles(): RoleChoice {
  const roles = useQuery(rolesOptions).data;
  const options = roles?.map((role) => ({ value: role.slug, label: labelOf(ROLES, role.name) })) ?? Object.entries(ROLES).map(([value, label]) => ({ value, label }));
  return {
    options,
    nameOf: (slug) => options.find(({ value }) => value === slug)?.label ?? labelOf(ROLES, slug),
    hintOf: (slug) => roles?.find((role) => role.slug === slug)?.description,
  };
}
