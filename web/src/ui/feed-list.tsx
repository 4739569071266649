import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { itemsOf } from "@/lib/feed";
import { Button } from "./button";
import { ErrorNote, SkeletonRows } from "./states";

interface FeedListProps<T> {
  feed: UseInfiniteQueryResult<InfiniteData<{ items: T[] }>>;
  /** What stands there until the first page has come. */
  waiting?: ReactNode;
  /** What stands there when there is nothing. */
  empty: ReactNode;
  /** What the way to the next page is called. */
  more?: string;
  children: (items: T[]) => ReactNode;
}

/** An endless list in all its states: on its way, failed, empty, and with a way to more. */
export function FeedList<T>({ feed, waiting = <SkeletonRows />, empty, more = "Show more", children }: FeedListProps<T>) {
  const items = itemsOf(feed.data);
  return (
    <>
      {feed.isLoading ? waiting : null}
      {feed.isError ? <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} /> : null}
      {feed.isSuccess && items.length === 0 ? empty : null}
      {items.length > 0 ? children(items) : null}
      {feed.hasNextPage ? <div><Button busy={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>{more}</Button></div> : null}
    </>
  );
}
