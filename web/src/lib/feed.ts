import { type InfiniteData, infiniteQueryOptions, type QueryKey } from "@tanstack/react-query";

interface FeedAnswer<T> {
  items: T[];
  next_cursor?: string | null;
}

/** Options for an endless list: pages of a keyset feed, asked for by the cursor of the page before. */
export function feedOptions<T, F extends FeedAnswer<T>>(
  queryKey: QueryKey,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<F & FeedAnswer<T>>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** All that has come of a feed so far, as one list. */
export function itemsOf<T>(data: InfiniteData<{ items: T[] }> | undefined): T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
