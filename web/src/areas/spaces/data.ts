import { queryOptions, useQuery } from "@tanstack/react-query";
import { type MemberRead, type RoleRead, spacesListMembers, spacesListPermissions, spacesListRoles, spacesListTeams } from "@/api";
import { labelOf, ROLE_HINTS, ROLES } from "@/lib/labels";

export const membersOptions = queryOptions({
  queryKey: [{ _id: "spacesListMembers" }],
  queryFn: async ({ signal }): Promise<MemberRead[]> => (await spacesListMembers({ signal })).data.items,
});
export const rolesOptions = queryOptions({ queryKey: [{ _id: "spacesListRoles" }], queryFn: async ({ signal }) => (await spacesListRoles({ signal })).data.items });
export const teamsOptions = queryOptions({ queryKey: [{ _id: "spacesListTeams" }], queryFn: async ({ signal }) => (await spacesListTeams({ signal })).data.items });
export const permissionsOptions = queryOptions({ queryKey: [{ _id: "spacesListPermissions" }], queryFn: async ({ signal }) => (await spacesListPermissions({ signal })).data.items, staleTime: Infinity });

/** What a role is for: in its own words, or in ours if the house brought it. */
export function roleHint(role: RoleRead | undefined): string | undefined {
  if (role?.is_built_in && role.description === "") return (ROLE_HINTS as Readonly<Record<string, string>>)[role.slug];
  return role?.description;
}

export interface RoleChoice {
  options: { value: string; label: string }[];
  nameOf: (slug: string) => string;
  hintOf: (slug: string) => string | undefined;
}

/** The roles of this space, its own ones among them; the built-in ones until the server has answered. */
export function useRoles(): RoleChoice {
  const roles = useQuery(rolesOptions).data;
  const options = roles?.map((role) => ({ value: role.slug, label: role.is_built_in ? labelOf(ROLES, role.slug) : role.name })) ?? Object.entries(ROLES).map(([value, label]) => ({ value, label }));
  return {
    options,
    nameOf: (slug) => options.find(({ value }) => value === slug)?.label ?? labelOf(ROLES, slug),
    hintOf: (slug) => roleHint(roles?.find((role) => role.slug === slug)) ?? (ROLE_HINTS as Readonly<Record<string, string>>)[slug],
  };
}
