import { queryOptions } from "@tanstack/react-query";
import { accountsListProfiles } from "@/api";

export const profilesOptions = queryOptions({
  queryKey: [{ _id: "accountsListProfiles" }],
  queryFn: async ({ signal }) => (await accountsListProfiles({ signal })).data.items,
});

/** Ages up to which a profile may see; the empty one is everything. */
export const LIMITS = [
  { value: "0", label: "for all ages" }, { value: "6", label: "up to 6" }, { value: "12", label: "up to 12" },
  { value: "16", label: "up to 16" }, { value: "18", label: "up to 18" },
] as const;
