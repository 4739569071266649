import { useInfiniteQuery } from "@tanstack/react-query";
import { CopyCheck, ScanSearch } from "lucide-react";
import { catalogRequestDuplicates } from "@/api";
import { itemsOf } from "@/lib/feed";
import { plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { FeedList } from "@/ui/feed-list";
import { Page } from "@/ui/page";
import { Empty, SkeletonRows } from "@/ui/states";
import { duplicatesFeed } from "../data";
import { DuplicateCard } from "./duplicate-card";
import { Merges } from "./merges";

export function DuplicatesPage() {
  const find = useAction({ run: () => catalogRequestDuplicates(), touches: ["catalog"], done: "Looking through the catalogue; pairs show up here by themselves" });
  const feed = useInfiniteQuery(duplicatesFeed);
  const items = itemsOf(feed.data);
  return (
    <Page title="Duplicates" width="text" summary={feed.isSuccess ? (items.length === 0 ? "No pair is open" : `${plural(feed.data.pages[0]?.total ?? items.length, "pair")} that may be one work`) : " "} actions={<Button icon={<ScanSearch size={16} aria-hidden />} busy={find.isPending} onClick={() => find.mutate()}>Look for pairs</Button>}>
      <FeedList feed={feed} waiting={<SkeletonRows count={2} className="h-64" />}
        empty={<Empty icon={<CopyCheck size={22} aria-hidden />} title="Every work is there once">Pairs with the same title and another year or format, or the same barcode, show up here after an import.</Empty>}>
        {(items) => items.map((pair) => <DuplicateCard key={pair.id} pair={pair} />)}
      </FeedList>
      <Merges />
    </Page>
  );
}
