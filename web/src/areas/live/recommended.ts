import { queryOptions } from "@tanstack/react-query";
import { watchListRecommended } from "@/api";

/** The guide for me: what is on now or, with a stretch of time, what begins in it. */
export const recommendedOptions = (time?: { from: number; to: number }) => queryOptions({
  queryKey: [{ _id: "liveListRecommended", ...time }],
  queryFn: async ({ signal }) => (await watchListRecommended({
    query: { limit: 24, ...(time ? { from: new Date(time.from).toISOString(), to: new Date(time.to).toISOString() } : {}) }, signal,
  })).data.items,
  ...(time ? { staleTime: 5 * 60_000 } : { refetchInterval: 60_000 }),
});
