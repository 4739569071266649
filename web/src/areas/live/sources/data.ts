import { queryOptions } from "@tanstack/react-query";
import { type GuideSourceRead, liveListSourceChannels, liveListSources, type SourceChannelRead } from "@/api";
import { feedOptions } from "@/lib/feed";
import { formatNumber } from "@/lib/format";
import { feedKey } from "@/lib/queries";

export type SourceKind = GuideSourceRead["kind"];
export type ChannelState = SourceChannelRead["state"];

export const KINDS: Record<SourceKind, { label: string; hint: string; extensions: readonly string[] }> = {
  xmltv: { label: "Guide (XMLTV)", hint: "What is on, and when.", extensions: [".xml", ".xmltv", ".gz", ".xz", ".zip"] },
  m3u: { label: "Playlist (M3U)", hint: "Channels and their streams.", extensions: [".m3u", ".m3u8", ".gz", ".xz", ".zip"] },
};

export const INTERVALS: readonly { value: string; label: string }[] = [
  { value: "", label: "Only when asked" },
  { value: "60", label: "Every hour" },
  { value: "360", label: "Every 6 hours" },
  { value: "720", label: "Every 12 hours" },
  { value: "1440", label: "Every day" },
  { value: "10080", label: "Every week" },
];

export const UNKNOWN = {
  auto: { label: "As it fits", hint: "A playlist makes channels; a guide does until one channel has a stream." },
  create: { label: "Make a channel", hint: "Of everything that is none of your channels." },
  leave: { label: "Wait for me", hint: "Nothing is made; you say which channel it is." },
} as const;

export const STATES: Record<ChannelState, string> = { suggested: "Suggested", unknown: "Unknown", mapped: "Mapped", ignored: "Left out" };

export function intervalLabel(minutes: number | null): string {
  const known = INTERVALS.find(({ value }) => value === (minutes === null ? "" : String(minutes)));
  return known ? known.label : `Every ${formatNumber(minutes ?? 0)} minutes`;
}

const isOn = ({ last_import: last }: GuideSourceRead): boolean => last !== null && ["queued", "running"].includes(last.status);

/** So long after somebody asked, what came of it is looked for often. */
const WATCH_MS = 30_000;

/** All sources. While one is at work, or somebody has just asked for it (`askedAt`), they are looked at often. */
export const sourcesOptions = (askedAt = 0) => queryOptions({
  queryKey: [{ _id: "liveListSources" }],
  queryFn: async ({ signal }) => (await liveListSources({ signal })).data.items,
  refetchInterval: ({ state }) => (Date.now() - askedAt < WATCH_MS || state.data?.some(isOn) ? 1_500 : 30_000),
});

export const channelsFeed = (sourceId: string, state: ChannelState | undefined, q: string) =>
  feedOptions(feedKey("liveListSourceChannels", { sourceId, state, q }), async (cursor, signal) =>
    (await liveListSourceChannels({ path: { source_id: sourceId }, query: { ...(state ? { state } : {}), ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) }, signal })).data);

export const waiting = ({ channels }: GuideSourceRead): number => (channels.suggested ?? 0) + (channels.unknown ?? 0);

/** Where a source is, for people: a host and its path, or a file of the server. */
export function whereOf(source: GuideSourceRead): string {
  if (source.path) return source.path;
  if (!source.url) return "";
  try {
    const { host, pathname } = new URL(source.url);
    return `${host}${pathname === "/" ? "" : pathname}`;
  } catch {
    return source.url;
  }
}
