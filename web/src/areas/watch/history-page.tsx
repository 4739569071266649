import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { History } from "lucide-react";
import { type PlaybackRead, watchStop } from "@/api";
import { formatAgo, formatDateTime, formatRuntime } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button, ButtonLink } from "@/ui/button";
import { FeedList } from "@/ui/feed-list";
import { Card, Page } from "@/ui/page";
import { Badge, Empty } from "@/ui/states";
import { historyFeed } from "./data";

const MINUTE = 60;

function Row({ one }: { one: PlaybackRead }) {
  const stop = useAction({ run: async () => { await watchStop({ path: { playback_id: one.id } }); }, touches: ["watch"], done: "It does not play any more" });
  const minutes = Math.round(one.watched_seconds / MINUTE);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">{one.programme ?? one.label}</p>
        <p className="text-xs text-quiet">{[one.programme ? one.label : null, one.client].filter(Boolean).join(" · ")}</p>
      </div>
      <p className="text-xs text-quiet tabular"><time dateTime={one.started_at} title={formatDateTime(one.started_at)}>{formatAgo(one.started_at)}</time>{minutes > 0 ? ` · ${formatRuntime(minutes)}` : ""}</p>
      {one.ended_at ? null : <><Badge tone="accent">Playing</Badge><Button size="s" busy={stop.isPending} onClick={() => stop.mutate()}>Stop</Button></>}
    </li>
  );
}

/** What the profile played and plays, on all devices. */
export function HistoryPage() {
  const feed = useInfiniteQuery(historyFeed);
  return (
    <Page title="Watched" width="text" summary="What was played in this profile, the newest first">
      <FeedList feed={feed} more="Show earlier"
        empty={<Empty icon={<History size={22} aria-hidden />} title="Nothing was played yet" actions={<ButtonLink look="primary"><Link to="/guide" search={{}}>Open the guide</Link></ButtonLink>}>What you watch is listed here, and helps to choose what is shown to you.</Empty>}>
        {(played) => <Card><ul className="divide-y divide-line">{played.map((one) => <Row key={one.id} one={one} />)}</ul></Card>}
      </FeedList>
    </Page>
  );
}
