import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bell, BellOff, Play } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { type Airing, liveRemoveReminder, liveSetReminder } from "@/api";
import { itemsOf } from "@/lib/feed";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { Badge } from "@/ui/states";
import { airingsFeed } from "./data";
import { dayName, span } from "./time";
import { useNow } from "./use-now";

const Player = lazy(async () => ({ default: (await import("./player")).Player }));
const FIRST = 4;

function placeOf({ season, episode, sub_title }: Airing): string | null {
  const number = season && episode ? `S${season} E${episode}` : episode ? `Episode ${episode}` : null;
  return [number, sub_title].filter(Boolean).join(", ") || null;
}

function Row({ airing, now, onPlay }: { airing: Airing; now: number; onPlay: () => void }) {
  const start = Date.parse(airing.start_at);
  const isOn = start <= now;
  const set = useAction({ run: async () => (await liveSetReminder({ body: { programme_id: airing.id } })).data, touches: ["live"], done: (made) => (Date.parse(made.notify_at) <= Date.now() ? "It starts soon: you will be told at once" : `You will be reminded ${made.minutes_before} minutes before`) });
  const unset = useAction({ run: async (id: string) => { await liveRemoveReminder({ path: { reminder_id: id } }); }, touches: ["live"], done: "No reminder any more" });
  const badge = airing.is_premiere ? "Premiere" : airing.is_new ? "New" : airing.is_last_chance ? "Last chance" : airing.is_repeat ? "Repeat" : null;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <Link to="/guide" search={{ programme: airing.id, at: airing.start_at }} className="font-medium tabular hover:underline">{dayName(start, now)} · {span(airing.start_at, airing.stop_at)}</Link>
        <p className="text-quiet">{[airing.channel_name, placeOf(airing)].filter(Boolean).join(" · ")}</p>
      </div>
      {isOn ? <Badge tone="accent">On now</Badge> : badge ? <Badge tone="plain">{badge}</Badge> : null}
      {isOn ? airing.is_playable && airing.is_entitled ? <Button size="s" look="primary" icon={<Play size={14} aria-hidden />} onClick={onPlay}>Watch</Button> : null
        : airing.reminder_id ? <Button size="s" icon={<BellOff size={14} aria-hidden />} busy={unset.isPending} onClick={() => unset.mutate(airing.reminder_id ?? "")}>Remove reminder</Button>
          : <Button size="s" icon={<Bell size={14} aria-hidden />} busy={set.isPending} onClick={() => set.mutate()}>Remind me</Button>}
    </li>
  );
}

/** When a work is on television: what runs now first. Nothing is shown of what never airs. */
export function Airings({ titleId }: { titleId: string }) {
  const feed = useInfiniteQuery(airingsFeed(titleId));
  const now = useNow();
  const [isAll, setAll] = useState(false);
  const [playing, setPlaying] = useState<Airing | null>(null);
  const airings = itemsOf(feed.data).filter((one) => Date.parse(one.stop_at) > now);
  if (airings.length === 0) return null;
  const more = (): void => { if (isAll) void feed.fetchNextPage(); else setAll(true); };
  return (
    <Section title="On television" actions={(isAll ? feed.hasNextPage : airings.length > FIRST) ? <Button size="s" look="quiet" busy={feed.isFetchingNextPage} onClick={more}>Show more</Button> : null}>
      <Card><ul className="divide-y divide-line">{airings.slice(0, isAll ? undefined : FIRST).map((one) => <Row key={one.id} airing={one} now={now} onPlay={() => setPlaying(one)} />)}</ul></Card>
      {playing ? <Suspense fallback={null}><Player channel={{ id: playing.channel_id, name: playing.channel_name }} onClose={() => setPlaying(null)} /></Suspense> : null}
    </Section>
  );
}
