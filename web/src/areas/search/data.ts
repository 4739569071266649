import { searchSearch, type SearchSearchData } from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey } from "@/lib/queries";

export type SearchQuery = Omit<SearchSearchData["query"], "cursor" | "limit">;

export function searchFeed(query: SearchQuery) {
  return feedOptions(feedKey("searchSearch", query), async (cursor, signal) =>
    (await searchSearch({ query: { ...query, ...(cursor ? { cursor } : {}), limit: 30 }, signal })).data);
}
