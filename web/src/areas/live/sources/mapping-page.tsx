import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, CheckCheck, ListChecks } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { liveAcceptSuggestions, liveMapSourceChannel, type SourceChannelRead, type SourceCounts } from "@/api";
import { formatNumber, plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button, ButtonLink } from "@/ui/button";
import { cn } from "@/ui/cn";
import { FeedList } from "@/ui/feed-list";
import { Field, Input } from "@/ui/field";
import { Card, Page } from "@/ui/page";
import { Empty, SkeletonRows } from "@/ui/states";
import { ChannelPicker } from "./channel-picker";
import { type ChannelState, channelsFeed, KINDS, sourcesOptions, STATES } from "./data";
import { MappingRow, type Said } from "./mapping-row";

/** From this score on all suggestions are taken at once. */
const SURE_ENOUGH = 75;

function Tabs({ counts, value, onChange }: { counts: SourceCounts | undefined; value: ChannelState | undefined; onChange: (state: ChannelState | undefined) => void }) {
  const all = counts ? (Object.keys(STATES) as ChannelState[]).reduce((sum, state) => sum + (counts[state] ?? 0), 0) : undefined;
  const tabs = [{ state: undefined, label: "All", count: all }, ...(Object.keys(STATES) as ChannelState[]).map((state) => ({ state, label: STATES[state], count: counts?.[state] }))];
  return (
    <div role="group" aria-label="Which channels" className="-mx-4 flex gap-1 overflow-x-auto px-4 py-1 sm:mx-0 sm:px-1">
      {tabs.map(({ state, label, count }) => (
        <button key={label} type="button" aria-pressed={value === state} onClick={() => onChange(state)}
          className={cn("inline-flex h-8 shrink-0 items-center gap-1.5 rounded-full px-3 text-sm transition-colors", value === state ? "bg-accent-soft font-medium text-accent" : "text-quiet hover:bg-sunken")}>
          {label}{count === undefined ? null : <span className="text-xs tabular">{formatNumber(count)}</span>}
        </button>
      ))}
    </div>
  );
}

/** Which channel of a source is which of ours: corrected once, and kept for every later import. */
export function MappingPage({ sourceId }: { sourceId: string }) {
  const source = useQuery(sourcesOptions()).data?.find(({ id }) => id === sourceId);
  const [state, setState] = useState<ChannelState | undefined>(undefined);
  const [words, setWords] = useState("");
  const [choosing, setChoosing] = useState<SourceChannelRead | null>(null);
  const feed = useInfiniteQuery(channelsFeed(sourceId, state, useDeferredValue(words.trim())));
  const counts = feed.data?.pages[0]?.counts;
  const say = useAction<{ item: SourceChannelRead; said: Said }>({
    run: ({ item, said }) => liveMapSourceChannel({ path: { source_id: sourceId, source_key: item.key }, body: said }),
    touches: ["live", "activity"],
    done: (_, { item, said }) => `${item.name || item.key} ${said.channel_id || said.create ? "is mapped" : "is left out"}. The source is gone through again in a moment.`,
    onDone: () => setChoosing(null),
  });
  const accept = useAction({
    run: async () => (await liveAcceptSuggestions({ path: { source_id: sourceId }, body: { min_score: SURE_ENOUGH } })).data,
    touches: ["live", "activity"], done: ({ accepted }) => (accepted > 0 ? `${plural(accepted, "channel")} mapped` : "No suggestion is that sure"),
  });
  return (
    <Page title={source ? `Channels of ${source.name}` : "Channels of a source"} width="text"
      summary={source ? `${KINDS[source.kind].label} · what you say here stays for every later import` : " "}
      actions={
        <>
          <ButtonLink look="quiet"><Link to="/guide-sources"><ArrowLeft size={16} aria-hidden />All sources</Link></ButtonLink>
          {(counts?.suggested ?? 0) > 0 ? <Button icon={<CheckCheck size={16} aria-hidden />} busy={accept.isPending} onClick={() => accept.mutate()}>Take suggestions from {SURE_ENOUGH} %</Button> : null}
        </>
      }>
      <div className="flex flex-col gap-3">
        <Field label="Search by name, id or number" className="max-w-md"><Input type="search" value={words} onChange={(event) => setWords(event.target.value)} /></Field>
        <Tabs counts={counts} value={state} onChange={setState} />
      </div>
      <FeedList feed={feed} waiting={<SkeletonRows className="h-16" />}
        empty={<Empty icon={<ListChecks size={22} aria-hidden />} title={words || state ? "No channel is so" : "No channels yet"}>
          {words || state ? "Write less, or look at all of them." : "They are listed here as soon as the source was imported."}
        </Empty>}>
        {(items) => (
          <Card>
            <ul className="divide-y divide-line" aria-label="Channels of the source">
              {items.map((item) => (
                <MappingRow key={item.key} item={item} isGuide={source?.kind !== "m3u"} busy={say.isPending && say.variables.item.key === item.key}
                  onSay={(said) => say.mutate({ item, said })} onChoose={() => setChoosing(item)} />
              ))}
            </ul>
          </Card>
        )}
      </FeedList>
      {choosing ? <ChannelPicker of={choosing} onClose={() => setChoosing(null)} onChoose={(channel) => say.mutate({ item: choosing, said: { channel_id: channel.id } })} /> : null}
    </Page>
  );
}
