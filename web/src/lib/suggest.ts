import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { searchSuggest } from "@/api";

/** Works and people whose name begins like what was typed; nothing is asked for nothing. */
export const suggestOptions = (q: string) => queryOptions({
  queryKey: [{ _id: "searchSuggest", q }],
  queryFn: async ({ signal }) => (await searchSuggest({ query: { q }, signal })).data.items,
  enabled: q !== "",
  placeholderData: keepPreviousData,
});
