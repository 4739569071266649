import { queryOptions } from "@tanstack/react-query";
import {
  catalogGetPerson, catalogGetSeason, libraryReadTitle, catalogListDuplicates, catalogListMerges, catalogListPeople,
  catalogListTerms, libraryBrowseTitles, type TermRead,
} from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey } from "@/lib/queries";
import { type TitlesQuery, toQuery, type WorksSearch } from "./filters";

const PAGE = 60;

export function worksFeed(search: WorksSearch) {
  const query = toQuery(search);
  return feedOptions(feedKey("catalogListTitles", query), async (cursor, signal) => {
    // Counts belong to the whole list; the first page brings them.
    const first: TitlesQuery = cursor ? { cursor } : { facets: true };
    return (await libraryBrowseTitles({ query: { ...query, ...first, limit: PAGE }, signal })).data;
  });
}

export function titleOptions(id: string) {
  return queryOptions({
    queryKey: [{ _id: "catalogGetTitle", id }],
    queryFn: async ({ signal }) => (await libraryReadTitle({ path: { key: id }, signal })).data,
  });
}

export function seasonOptions(id: string, number: number) {
  return queryOptions({
    queryKey: [{ _id: "catalogGetSeason", id, number }],
    queryFn: async ({ signal }) => (await catalogGetSeason({ path: { key: id, season: number }, signal })).data.episodes,
  });
}

export function peopleFeed(q: string) {
  return feedOptions(feedKey("catalogListPeople", { q }), async (cursor, signal) =>
    (await catalogListPeople({ query: { ...(q ? { q } : {}), ...(cursor ? { cursor } : {}), limit: PAGE }, signal })).data);
}

export function personOptions(id: string) {
  return queryOptions({
    queryKey: [{ _id: "catalogGetPerson", id }],
    queryFn: async ({ signal }) => (await catalogGetPerson({ path: { key: id }, signal })).data,
  });
}

export const duplicatesFeed = feedOptions(feedKey("catalogListDuplicates"), async (cursor, signal) =>
  (await catalogListDuplicates({ query: cursor ? { cursor } : {}, signal })).data);

export const mergesFeed = feedOptions(feedKey("catalogListMerges"), async (cursor, signal) =>
  (await catalogListMerges({ query: cursor ? { cursor } : {}, signal })).data);

export type Scheme = "genre" | "tag" | "mood" | "theme";

export function termsOptions(scheme: Scheme, q: string) {
  return queryOptions({
    queryKey: [{ _id: "catalogListTerms", scheme, q }],
    queryFn: async ({ signal }): Promise<TermRead[]> => (await catalogListTerms({ query: { scheme, ...(q ? { q } : {}) }, signal })).data.items,
    staleTime: 5 * 60_000,
  });
}
