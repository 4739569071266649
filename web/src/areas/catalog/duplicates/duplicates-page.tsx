import { useInfiniteQuery } from "@tanstack/react-query";
import { CopyCheck, ScanSearch } from "lucide-react";
import { catalogRequestDuplicates } from "@/api";
import { plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { duplicatesFeed } from "../data";
import { DuplicateCard } from "./duplicate-card";
import { Merges } from "./merges";

export function DuplicatesPage() {
  const find = useAction({ run: () => catalogRequestDuplicates(), touches: ["catalog"], done: "Looking through the catalogue; pairs show up here by themselves" });
  const feed = useInfiniteQuery(duplicatesFeed);
  const items = feed.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="Duplicates" width="text" summary={feed.isSuccess ? (items.length === 0 ? "No pair is open" : `${plural(feed.data.pages[0]?.total ?? items.length, "pair")} that may be one work`) : " "} actions={<Button icon={<ScanSearch size={16} aria-hidden />} busy={find.isPending} onClick={() => find.mutate()}>Look for pairs</Button>}>
      {feed.isPending ? <SkeletonRows count={2} className="h-64" /> : null}
      {feed.isError ? <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} /> : null}
      {feed.isSuccess && items.length === 0 ? <Empty icon={<CopyCheck size={22} aria-hidden />} title="Every work is there once">Pairs with the same title and another year or format, or the same barcode, show up here after an import.</Empty> : null}
      {items.map((pair) => <DuplicateCard key={pair.id} pair={pair} />)}
      {feed.hasNextPage ? <div><Button busy={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>Show more</Button></div> : null}
      <Merges />
    </Page>
  );
}
