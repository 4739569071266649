import { queryOptions } from "@tanstack/react-query";
import { type GrantRead, spacesListEffective, spacesListGrants } from "@/api";
import { permissionWords } from "@/lib/permissions";

/** Something of the space that single permissions can be given for. */
export interface Thing {
  kind: "title" | "library" | "copy";
  id: string;
  label: string;
}

/** What a permission means where it is given for one thing. */
const HERE: Record<string, string> = {
  "title catalog.title.edit": "Edit this work",
  "library library.copy.create": "Add copies to this library",
  "library library.copy.edit": "Edit its copies",
  "library library.library.manage": "Manage this library",
  "copy library.copy.edit": "Edit this copy",
};

export const wordsHere = (kind: string, permission: string): string => HERE[`${kind} ${permission}`] ?? permissionWords(permission);

export const grantsOptions = (thing: Thing) => queryOptions({
  queryKey: [{ _id: "spacesListGrants", kind: thing.kind, id: thing.id }],
  queryFn: async ({ signal }): Promise<GrantRead[]> => (await spacesListGrants({ query: { kind: thing.kind, id: thing.id }, signal })).data.items,
});

export const verdictsOptions = (thing: Thing, userId: string) => queryOptions({
  queryKey: [{ _id: "spacesListEffective", userId, kind: thing.kind, id: thing.id }],
  queryFn: async ({ signal }) => (await spacesListEffective({ query: { user_id: userId, kind: thing.kind, id: thing.id }, signal })).data.items,
  enabled: userId !== "",
});
