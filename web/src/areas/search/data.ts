import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { searchSearch, type SearchSearchData, searchSuggest } from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey } from "@/lib/queries";

export function suggestOptions(q: string) {
  return queryOptions({
    queryKey: [{ _id: "searchSuggest", q }],
    queryFn: async ({ signal }) => (await searchSuggest({ query: { q }, signal })).data.items,
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
}

export type SearchQuery = Omit<SearchSearchData["query"], "cursor" | "limit">;

export function searchFeed(query: SearchQuery) {
  return feedOptions(feedKey("searchSearch", query), async (cursor, signal) =>
    (await searchSearch({ query: { ...query, ...(cursor ? { cursor } : {}), limit: 30 }, signal })).data);
}
