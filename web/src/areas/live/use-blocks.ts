import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import type { ChannelRead, GuideChannel, GuideProgramme } from "@/api";
import { blockOptions } from "./data";
import { BLOCK_CHANNELS, blocksOf } from "./time";

export interface Loaded {
  /** Entries by channel, each once, in the order of time. */
  entries: Map<string, GuideProgramme[]>;
  isPending: boolean;
  error: Error | null;
  retry: () => void;
}

/** Puts the blocks together: an entry that reaches over the edge of one is in both. */
function combine(results: UseQueryResult<GuideChannel[]>[]): Loaded {
  const merged = new Map<string, Map<string, GuideProgramme>>();
  for (const { data } of results) {
    for (const channel of data ?? []) {
      const known = merged.get(channel.id) ?? new Map<string, GuideProgramme>();
      for (const entry of channel.programmes) known.set(entry.id, entry);
      merged.set(channel.id, known);
    }
  }
  return {
    entries: new Map([...merged].map(([id, known]) => [id, [...known.values()].sort((a, b) => Date.parse(a.start) - Date.parse(b.start))])),
    isPending: results.some((result) => result.isPending),
    error: results.find((result) => result.error)?.error ?? null,
    retry: () => { for (const result of results) if (result.isError) void result.refetch(); },
  };
}

/** Loads the blocks that are on the screen: rows `first` to `last`, from one moment to another. */
export function useBlocks(channels: readonly ChannelRead[], rows: { first: number; last: number }, time: { from: number; to: number }): Loaded {
  const groups: string[][] = [];
  for (let start = Math.floor(rows.first / BLOCK_CHANNELS) * BLOCK_CHANNELS; start <= rows.last && start < channels.length; start += BLOCK_CHANNELS) {
    groups.push(channels.slice(start, start + BLOCK_CHANNELS).map((channel) => channel.id));
  }
  const blocks = blocksOf(time.from, time.to);
  return useQueries({ queries: groups.flatMap((group) => blocks.map((block) => blockOptions(block, group))), combine });
}
