import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { History, X } from "lucide-react";
import { type PlaybackRead, watchClearHistory, watchForgetPlayback, watchStop } from "@/api";
import { formatAgo, formatDateTime, formatRuntime } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button, ButtonLink, IconButton } from "@/ui/button";
import { ConfirmButton } from "@/ui/dialog";
import { FeedList } from "@/ui/feed-list";
import { Card, Page } from "@/ui/page";
import { Badge, Empty } from "@/ui/states";
import { historyFeed } from "./data";

const MINUTE = 60;

function Row({ one }: { one: PlaybackRead }) {
  const stop = useAction({ run: async () => { await watchStop({ path: { playback_id: one.id } }); }, touches: ["watch"], done: "It does not play any more" });
  const forget = useAction({ run: async () => { await watchForgetPlayback({ path: { playback_id: one.id } }); }, touches: ["watch"] });
  const name = one.programme ?? one.label;
  const minutes = Math.round(one.watched_seconds / MINUTE);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">{name}</p>
        <p className="text-xs text-quiet">{[one.programme ? one.label : null, one.client].filter(Boolean).join(" · ")}</p>
      </div>
      <p className="text-xs text-quiet tabular"><time dateTime={one.started_at} title={formatDateTime(one.started_at)}>{formatAgo(one.started_at)}</time>{minutes > 0 ? ` · ${formatRuntime(minutes)}` : ""}</p>
      {one.ended_at ? <IconButton label={`Forget “${name}”`} size="s" disabled={forget.isPending} onClick={() => forget.mutate()}><X size={16} aria-hidden /></IconButton> : <><Badge tone="accent">Playing</Badge><Button size="s" busy={stop.isPending} onClick={() => stop.mutate()}>Stop</Button></>}
    </li>
  );
}

/** What the profile played and plays, on all devices. */
export function HistoryPage() {
  const feed = useInfiniteQuery(historyFeed);
  const clear = useAction({ run: async () => { await watchClearHistory(); }, touches: ["watch"], done: "Nothing is remembered of what was played" });
  const hasEnded = feed.data?.pages.some((part) => part.items.some((one) => one.ended_at));
  return (
    <Page title="Watched" width="text" summary="What was played in this profile, the newest first" actions={hasEnded ? (
      <ConfirmButton title="Clear all that was watched?" confirm="Clear" onConfirm={() => clear.mutate()} button={(ask) => <Button busy={clear.isPending} onClick={ask}>Clear</Button>}>
        This profile forgets what it played, and nothing is chosen for you because of it any more. It cannot be undone.
      </ConfirmButton>
    ) : null}>
      <FeedList feed={feed} more="Show earlier"
        empty={<Empty icon={<History size={22} aria-hidden />} title="Nothing was played yet" actions={<ButtonLink look="primary"><Link to="/guide" search={{}}>Open the guide</Link></ButtonLink>}>What you watch is listed here, and helps to choose what is shown to you.</Empty>}>
        {(played) => <Card><ul className="divide-y divide-line">{played.map((one) => <Row key={one.id} one={one} />)}</ul></Card>}
      </FeedList>
    </Page>
  );
}
