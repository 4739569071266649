import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type ChannelRead, libraryReadTitle, liveListAirings, liveListChannels, liveListReminders, liveReadGuide, liveReadProgramme } from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey } from "@/lib/queries";
import { BLOCK_HOURS, HOUR } from "./time";

export const channelsOptions = (genre?: string, isHidden = false) => queryOptions({
  queryKey: [{ _id: "liveListChannels", genre, isHidden }],
  queryFn: async ({ signal }): Promise<ChannelRead[]> =>
    (await liveListChannels({ query: { ...(genre ? { genre } : {}), is_hidden: isHidden }, signal })).data.items,
  placeholderData: keepPreviousData,
});

/** One block of the guide: some hours of some channels. Kept for a while, so that scrolling back costs nothing. */
export const blockOptions = (block: number, channels: readonly string[]) => queryOptions({
  queryKey: [{ _id: "liveReadGuide", block, channels }],
  queryFn: async ({ signal }) => (await liveReadGuide({
    query: { from: new Date(block).toISOString(), to: new Date(block + BLOCK_HOURS * HOUR).toISOString(), channels: channels.join(",") },
    signal,
  })).data.channels,
  staleTime: 5 * 60_000,
  gcTime: 10 * 60_000,
});

export const programmeOptions = (id: string) => queryOptions({
  queryKey: [{ _id: "liveReadProgramme", id }],
  queryFn: async ({ signal }) => (await liveReadProgramme({ path: { programme_id: id }, signal })).data,
});

export const remindersOptions = queryOptions({
  queryKey: [{ _id: "liveListReminders" }],
  queryFn: async ({ signal }) => (await liveListReminders({ signal })).data.items,
});

export function airingsFeed(titleId: string) {
  return feedOptions(feedKey("liveListAirings", { titleId }), async (cursor, signal) =>
    (await liveListAirings({ path: { title_id: titleId }, query: cursor ? { cursor } : {}, signal })).data);
}

/** The work that a programme is. Under the key of its own page, so that both hold one answer. */
export const workOptions = (id: string) => queryOptions({
  queryKey: [{ _id: "catalogGetTitle", id }],
  queryFn: async ({ signal }) => (await libraryReadTitle({ path: { key: id }, signal })).data,
});
