import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { itemsOf } from "@/lib/feed";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { ErrorNote, SkeletonRows } from "@/ui/states";
import { historyFeed } from "./data";
import { HistoryList } from "./entries";

/** What happened to one work. Closed until asked for: most people never need it. */
export function History({ titleId }: { titleId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title="History" actions={<Button size="s" look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? "Hide" : "Show"}</Button>}>
      {isOpen ? <Entries titleId={titleId} /> : null}
    </Section>
  );
}

function Entries({ titleId }: { titleId: string }) {
  const feed = useInfiniteQuery(historyFeed(titleId));
  if (feed.isPending) return <SkeletonRows count={3} />;
  if (feed.isError) return <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} />;
  const entries = itemsOf(feed.data);
  if (entries.length === 0) return <p className="text-quiet">Nothing is recorded yet.</p>;
  return (
    <Card className="px-4">
      <HistoryList entries={entries} />
      {feed.hasNextPage ? <div className="pb-3"><Button size="s" busy={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>Show earlier</Button></div> : null}
    </Card>
  );
}
