import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Undo2 } from "lucide-react";
import type { MergeRead } from "@/api";
import { itemsOf } from "@/lib/feed";
import { formatAgo } from "@/lib/format";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { mergesFeed } from "../data";
import { useUndoPeopleMerge } from "../people/merge-person";
import { useUndoMerge } from "./duplicate-card";

/** What was merged before, each with its way back. */
export function Merges() {
  const feed = useInfiniteQuery(mergesFeed);
  const merges = itemsOf(feed.data);
  if (merges.length === 0) return null;
  return (
    <Section title="Merged before">
      <Card><ul className="divide-y divide-line">{merges.map((merge) => <Row key={merge.id} merge={merge} />)}</ul></Card>
      {feed.hasNextPage ? <div><Button size="s" busy={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>Show earlier</Button></div> : null}
    </Section>
  );
}

function Kept({ merge: { about, kept_slug: slug, label } }: { merge: MergeRead }) {
  const look = "font-medium hover:underline";
  if (!slug) return <span className="font-medium">{label}</span>;
  return about === "person"
    ? <Link to="/people/$personId" params={{ personId: slug }} className={look}>{label}</Link>
    : <Link to="/titles/$titleId" params={{ titleId: slug }} className={look}>{label}</Link>;
}

function Row({ merge }: { merge: MergeRead }) {
  const works = useUndoMerge();
  const people = useUndoPeopleMerge();
  const undo = merge.about === "person" ? people : works;
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <p className="min-w-0 flex-1 basis-60">
        “{merge.gone_title}” into <Kept merge={merge} />
        <span className="block text-xs text-quiet">{[formatAgo(merge.merged_at), merge.merged_by ? `by ${merge.merged_by.name}` : null, merge.undone_at ? `undone ${formatAgo(merge.undone_at)}` : null].filter(Boolean).join(" · ")}</span>
      </p>
      {!merge.can_undo ? null : <Button size="s" icon={<Undo2 size={14} aria-hidden />} busy={undo.isPending} onClick={() => undo.mutate(merge.id)}>Undo</Button>}
    </li>
  );
}
