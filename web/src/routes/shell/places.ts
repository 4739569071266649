import { queryOptions } from "@tanstack/react-query";
import { exchangeCountReview, libraryListLibraries, notificationsCountNotices } from "@/api";

/** What the sidebar counts. */
export const librariesOptions = queryOptions({
  queryKey: [{ _id: "libraryListLibraries" }],
  queryFn: async ({ signal }) => (await libraryListLibraries({ signal })).data.items,
});

export const reviewCountOptions = queryOptions({
  queryKey: [{ _id: "exchangeCountReview" }],
  queryFn: async ({ signal }) => (await exchangeCountReview({ signal })).data.open,
});

/** What waits under the bell. News of it comes live; where the stream is cut, the minute brings it. */
export const unreadOptions = queryOptions({
  queryKey: [{ _id: "notificationsCountNotices" }],
  queryFn: async ({ signal }) => (await notificationsCountNotices({ signal })).data.unread,
  refetchInterval: 60_000,
});
