import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import type { ImportRead, RowRead } from "@/api";
import { itemsOf } from "@/lib/feed";
import { formatNumber } from "@/lib/format";
import { humanise } from "@/lib/labels";
import { asWords } from "@/lib/words";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Section } from "@/ui/page";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { rowClass, TableFrame, Td, Th } from "@/ui/table";
import { isLive, type Outcome, OUTCOMES, rowsFeed } from "./data";

const TONES = { created: "positive", updated: "accent", removed: "warning", skipped: "plain", needs_review: "warning", failed: "danger" } as const;

/** How the rows ended, by outcome, each with its line and its reason. */
export function Report({ item }: { item: ImportRead }) {
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  // Only what comes again, guides and playlists, ever removes.
  const kinds = (Object.keys(OUTCOMES) as Outcome[]).filter((each) => each !== "removed" || item.summary.removed > 0);
  return (
    <Section title={item.dry_run ? "What would happen" : "What happened"}>
      <div role="group" aria-label="Outcome" className="grid grid-cols-2 gap-2 sm:grid-flow-col sm:auto-cols-fr sm:grid-cols-none">
        {kinds.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={outcome === each}
            onClick={() => setOutcome(outcome === each ? undefined : each)}
            className={cn("flex flex-col items-start rounded-lg border p-3 text-left transition-colors", outcome === each ? "border-accent bg-accent-soft" : "border-line bg-raised hover:border-line-strong")}
          >
            <span className="font-serif text-xl font-semibold tabular">{formatNumber(item.summary[each])}</span>
            <span className="text-xs text-quiet">{OUTCOMES[each]}</span>
          </button>
        ))}
      </div>
      {isLive(item.status) && item.status !== "paused" ? <p className="text-quiet">Rows are listed here as soon as the import has ended or is paused.</p> : <Rows importId={item.id} outcome={outcome} />}
    </Section>
  );
}

function Rows({ importId, outcome }: { importId: string; outcome: Outcome | undefined }) {
  const feed = useInfiniteQuery(rowsFeed(importId, outcome));
  if (feed.isPending) return <SkeletonRows />;
  if (feed.isError) return <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} />;
  const rows = itemsOf(feed.data);
  if (rows.length === 0) return <p className="py-4 text-quiet">{outcome ? `No row ended as “${OUTCOMES[outcome].toLowerCase()}”.` : "There are no rows."}</p>;
  return (
    <>
      <TableFrame label="Rows of the import">
        <thead><tr><Th className="text-right">Line</Th><Th>Outcome</Th><Th>Work</Th><Th>Why</Th></tr></thead>
        <tbody>{rows.map((row) => <Row key={row.position} row={row} />)}</tbody>
      </TableFrame>
      {feed.hasNextPage ? <div><Button busy={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>Show more rows</Button></div> : null}
    </>
  );
}

function problemText(problem: Record<string, unknown>): string {
  return typeof problem.message === "string" ? problem.message : asWords(problem);
}

function sides(change: unknown): { before: unknown; after: unknown } {
  if (typeof change === "object" && change !== null && "after" in change) return { before: "before" in change ? change.before : null, after: change.after };
  return { before: null, after: change };
}

function Row({ row }: { row: RowRead }) {
  const changes = Object.entries(row.changes ?? {});
  return (
    <tr className={rowClass}>
      <Td className="text-right align-top text-quiet tabular">{row.line}</Td>
      <Td className="align-top"><Badge tone={TONES[row.outcome]}>{OUTCOMES[row.outcome]}</Badge></Td>
      <Td className="max-w-72 min-w-40 align-top">
        {row.ref_kind === "title" && row.ref_id ? <Link to="/titles/$titleId" params={{ titleId: row.ref_id }} className="font-medium hover:underline">{row.label || "Open"}</Link> : <span>{row.label || "–"}</span>}
      </Td>
      <Td className="min-w-60 align-top text-quiet">
        {row.message || humanise(row.reason)}
        {row.problems?.map((problem, index) => <span key={index} className="block text-xs">{problemText(problem)}</span>)}
        {changes.map(([field, change]) => (
          <span key={field} className="flex flex-wrap items-center gap-x-1.5 text-xs">
            {humanise(field)}: <s>{asWords(sides(change).before)}</s><ArrowRight size={11} aria-label="becomes" /><span className="text-ink">{asWords(sides(change).after)}</span>
          </span>
        ))}
      </Td>
    </tr>
  );
}
