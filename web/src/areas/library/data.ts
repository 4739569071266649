import { queryOptions } from "@tanstack/react-query";
import { libraryListCopies, libraryListLibraries, libraryListLoans, libraryLoanStatistics, libraryReadStatistics, type LibraryListCopiesData, type LibraryListLoansData } from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey } from "@/lib/queries";

export const librariesOptions = queryOptions({
  queryKey: [{ _id: "libraryListLibraries" }],
  queryFn: async ({ signal }) => (await libraryListLibraries({ signal })).data.items,
});

export type CopiesQuery = NonNullable<LibraryListCopiesData["query"]>;

export function copiesFeed(query: CopiesQuery) {
  return feedOptions(feedKey("libraryListCopies", query), async (cursor, signal) =>
    (await libraryListCopies({ query: { ...query, ...(cursor ? { cursor } : {}), limit: 60 }, signal })).data);
}

export type LoanState = NonNullable<NonNullable<LibraryListLoansData["query"]>["state"]>;

export function loansFeed(state: LoanState) {
  return feedOptions(feedKey("libraryListLoans", { state }), async (cursor, signal) =>
    (await libraryListLoans({ query: { state, ...(cursor ? { cursor } : {}) }, signal })).data);
}

/** How much there is of everything, for the lines under the names of pages. */
export const statisticsOptions = queryOptions({
  queryKey: [{ _id: "libraryReadStatistics" }],
  queryFn: async ({ signal }) => (await libraryReadStatistics({ signal })).data,
});

export const loanStatisticsOptions = queryOptions({
  queryKey: [{ _id: "libraryLoanStatistics" }],
  queryFn: async ({ signal }) => (await libraryLoanStatistics({ signal })).data,
});
