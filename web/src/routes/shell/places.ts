import { queryOptions } from "@tanstack/react-query";
import { exchangeCountReview, libraryListLibraries } from "@/api";

/** What the sidebar counts. */
export const librariesOptions = queryOptions({
  queryKey: [{ _id: "libraryListLibraries" }],
  queryFn: async ({ signal }) => (await libraryListLibraries({ signal })).data.items,
});

export const reviewCountOptions = queryOptions({
  queryKey: [{ _id: "exchangeCountReview" }],
  queryFn: async ({ signal }) => (await exchangeCountReview({ signal })).data.open,
});
