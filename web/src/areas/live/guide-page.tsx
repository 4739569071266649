import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Tv } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import type { ChannelRead } from "@/api";
import { plural } from "@/lib/format";
import { humanise } from "@/lib/labels";
import { useCan } from "@/lib/session";
import { Button, ButtonLink } from "@/ui/button";
import { ToggleChip } from "@/ui/chip";
import { Select } from "@/ui/field";
import { Page } from "@/ui/page";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { channelsOptions, remindersOptions } from "./data";
import { GuideGrid } from "./guide-grid";
import type { GuideSearch } from "./guide-search";
import { DAY, DAYS_AHEAD, DAYS_BACK, dayName, HOUR, startOfDay } from "./time";
import { useNow } from "./use-now";

const Player = lazy(async () => ({ default: (await import("./player")).Player }));
const ProgrammePanel = lazy(async () => ({ default: (await import("./programme-panel")).ProgrammePanel }));
const EVENING_HOUR = 20;

/** The guide: channels down, time across. */
export function GuidePage({ search }: { search: GuideSearch }) {
  const navigate = useNavigate();
  const can = useCan();
  const now = useNow();
  const [playing, setPlaying] = useState<ChannelRead | null>(null);
  const all = useQuery(channelsOptions());
  const channels = useMemo(() => (all.data ?? []).filter((one) => !search.genre || one.genres.includes(search.genre)), [all.data, search.genre]);
  const genres = useMemo(() => [...new Set((all.data ?? []).flatMap((one) => one.genres))].sort(), [all.data]);
  const reminders = useQuery(remindersOptions);
  const reminded = useMemo(() => new Set(reminders.data?.map((one) => one.programme_id ?? "")), [reminders.data]);
  const at = search.at ? Date.parse(search.at) : now - HOUR / 2;
  const go = (change: Partial<GuideSearch>): void => {
    const wanted = { ...search, ...change };
    void navigate({ to: "/guide", search: Object.fromEntries(Object.entries(wanted).filter(([, value]) => value)), replace: true });
  };
  const [day, setDay] = useState(startOfDay(at));
  const days = Array.from({ length: DAYS_BACK + DAYS_AHEAD }, (_, index) => startOfDay(now + (index - DAYS_BACK) * DAY));
  const jump = (moment: number): void => go({ at: new Date(moment).toISOString() });
  return (
    <Page title="Guide" summary={all.data ? plural(channels.length, "channel") : " "}>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="s" onClick={() => jump(now - HOUR / 2)}>Now</Button>
        <Button size="s" onClick={() => jump(day + EVENING_HOUR * HOUR)}>Evening</Button>
        <Select aria-label="Day" className="h-8 w-40 text-xs" value={String(day)} onValue={(value) => jump(Number(value) + (at - startOfDay(at)))}
          options={days.map((one) => ({ value: String(one), label: dayName(one, now) }))} />
        {genres.slice(0, 8).map((genre) => (
          <ToggleChip key={genre} on={search.genre === genre} onClick={() => go({ genre: search.genre === genre ? "" : genre })}>{humanise(genre)}</ToggleChip>
        ))}
      </div>
      {all.isPending ? <SkeletonRows className="h-16" /> : null}
      {all.isError ? <ErrorNote error={all.error} onRetry={() => void all.refetch()} /> : null}
      {all.isSuccess && channels.length === 0 ? (
        <Empty icon={<Tv size={22} aria-hidden />} title={search.genre ? "No channel of this genre" : "No channels yet"}
          actions={can("live.channel.manage") ? <ButtonLink look="primary"><Link to="/channels">Add channels</Link></ButtonLink> : null}>
          Import a guide (XMLTV) or a playlist, or add a channel by hand.
        </Empty>
      ) : null}
      {channels.length > 0 ? <GuideGrid channels={channels} at={at} now={now} reminded={reminded} onMove={jump} onDay={setDay} onOpen={(programme) => go({ programme })} onPlay={setPlaying} /> : null}
      <Suspense fallback={null}>
        {search.programme ? (
          <ProgrammePanel id={search.programme} onClose={() => go({ programme: "" })}
            onPlay={(id) => { go({ programme: "" }); setPlaying(channels.find((one) => one.id === id) ?? null); }} />
        ) : null}
        {playing ? <Player channel={playing} onClose={() => setPlaying(null)} /> : null}
      </Suspense>
    </Page>
  );
}
