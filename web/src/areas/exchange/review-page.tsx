import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { CheckCheck, PartyPopper } from "lucide-react";
import { useState } from "react";
import { exchangeDecideBulk } from "@/api";
import { itemsOf } from "@/lib/feed";
import { plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { FormDialog } from "@/ui/dialog";
import { FeedList } from "@/ui/feed-list";
import { Field } from "@/ui/field";
import { Page } from "@/ui/page";
import { Empty, SkeletonRows } from "@/ui/states";
import { reviewCountOptions, reviewFeed } from "./data";
import { ReviewCard } from "./review-card";

/** Rows whose work is not certain: one concrete decision each, in any order, never blocking the rest. */
export function ReviewPage({ importId }: { importId: string | undefined }) {
  const [isBulk, setBulk] = useState(false);
  const feed = useInfiniteQuery(reviewFeed(importId));
  const entries = itemsOf(feed.data);
  const open = useQuery({ ...reviewCountOptions, enabled: importId === undefined });
  const total = open.data ?? entries.length;
  return (
    <Page
      title="Review"
      width="text"
      summary={feed.isSuccess ? (total === 0 ? "Nothing is open" : `${plural(total, "decision")} open`) : " "}
      actions={entries.length > 1 ? <Button icon={<CheckCheck size={16} aria-hidden />} onClick={() => setBulk(true)}>Accept the sure ones</Button> : null}
    >
      <FeedList feed={feed} waiting={<SkeletonRows count={3} className="h-44" />}
        empty={<Empty icon={<PartyPopper size={22} aria-hidden />} title="All decided">When an import meets a row that could be two different works, it waits here. Everything else comes in by itself.</Empty>}>
        {(entries) => entries.map((entry) => <ReviewCard key={entry.id} entry={entry} />)}
      </FeedList>
      {isBulk ? <BulkAccept importId={importId} scores={entries.map((entry) => entry.candidates[0]?.score ?? 0)} hasMore={feed.hasNextPage} onClose={() => setBulk(false)} /> : null}
    </Page>
  );
}

function BulkAccept({ importId, scores, hasMore, onClose }: { importId: string | undefined; scores: readonly number[]; hasMore: boolean; onClose: () => void }) {
  const [percent, setPercent] = useState(85);
  const count = scores.filter((score) => score >= percent).length;
  const accept = useAction({
    run: async () => (await exchangeDecideBulk({ body: { min_score: percent, ...(importId ? { import_id: importId } : {}) } })).data,
    touches: ["exchange", "catalog", "library", "activity"],
    done: (result) => `${plural(result.decided, "row")} accepted`,
    onDone: onClose,
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Accept the sure ones" description="Takes the suggested work for every row at least this certain. The others stay here." submit={count === 0 && !hasMore ? "Nothing to accept" : "Accept"} busy={accept.isPending} disabled={count === 0 && !hasMore} onSubmit={() => accept.mutate()}>
      <Field label={`At least ${percent} % certain`} hint={`${plural(count, "row")} of those shown${hasMore ? ", and those not yet shown" : ""}`}>
        <input type="range" aria-label="Least certainty" min={60} max={100} step={1} value={percent} onChange={(event) => setPercent(Number(event.target.value))} className="w-full accent-accent" />
      </Field>
    </FormDialog>
  );
}
