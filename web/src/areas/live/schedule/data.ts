import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { liveListSchedule, liveListTemplates, type ScheduleChanges, type ScheduleRead, type TemplateRead } from "@/api";
import { ApiError } from "@/lib/errors";
import type { Draft, InTheWay } from "./places";
import { HIDDEN, isSamePlace, placeOf, wordsOf } from "./places";

const SCHEDULE = "liveListSchedule";

export const scheduleOptions = (channels: readonly string[], from: number, to: number) => queryOptions({
  queryKey: [{ _id: SCHEDULE, channels, from, to }],
  queryFn: async ({ signal }): Promise<ScheduleRead[]> => (await liveListSchedule({
    query: { channels: channels.join(","), from: new Date(from).toISOString(), to: new Date(to).toISOString() }, signal,
  })).data.items,
  enabled: channels.length > 0,
  placeholderData: keepPreviousData,
});

export const templatesOptions = queryOptions({
  queryKey: [{ _id: "liveListTemplates" }],
  queryFn: async ({ signal }): Promise<TemplateRead[]> => (await liveListTemplates({ signal })).data.items,
});

/** The request that makes a draft true, with what else is to happen at once. */
export function bodyOf(draft: Draft, also: { others?: { id: string; start: number; stop: number }[]; replaces?: boolean } = {}): ScheduleChanges {
  const { entry, place, words } = draft;
  const when = { channel_id: place.channel, start_at: new Date(place.start).toISOString(), stop_at: new Date(place.stop).toISOString() };
  const others = (also.others ?? []).map((one) => ({ id: one.id, start_at: new Date(one.start).toISOString(), stop_at: new Date(one.stop).toISOString() }));
  const conflicts = also.replaces ? "replace" as const : "refuse" as const;
  if (!entry) return { put: [{ ...when, ...words }], change: others, conflicts };
  const before = wordsOf(entry);
  const said = Object.fromEntries(Object.entries(words).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before])));
  return { change: [{ id: entry.id, ...(isSamePlace(placeOf(entry), place) ? {} : when), ...said }, ...others], conflicts };
}

let drafts = 0;

/** Shows a change before the server has answered; gives back how to take it from the screen again. */
export function showAhead(client: QueryClient, body: ScheduleChanges): () => void {
  const queries = { predicate: ({ queryKey: [head] }: { queryKey: readonly unknown[] }) => typeof head === "object" && head !== null && "_id" in head && head._id === SCHEDULE };
  void client.cancelQueries(queries);
  const before = client.getQueriesData<ScheduleRead[]>(queries);
  const changed = new Map((body.change ?? []).map((one) => [one.id, one]));
  const gone = new Set(body.remove ?? []);
  const fresh = (body.put ?? []).map((one): ScheduleRead => ({
    id: `draft-${drafts += 1}`, channel_id: one.channel_id, start_at: one.start_at, stop_at: one.stop_at, title: one.title,
    sub_title: one.sub_title ?? null, description: one.description ?? null, season: one.season ?? null, episode: one.episode ?? null, year: one.year ?? null,
    genres: one.genres ?? [], min_age: one.min_age ?? null, icon_url: one.icon_url ?? null, origin: "hand", source_name: null,
    template_id: null, template_on: null, title_id: null, title_slug: null, title_name: null,
  }));
  client.setQueriesData<ScheduleRead[]>(queries, (known) => known && [
    ...known.filter((one) => !gone.has(one.id)).map((one) => {
      const change = changed.get(one.id);
      if (!change) return one;
      const said = Object.fromEntries(Object.entries(change).filter(([name]) => name !== "id"));
      return { ...one, ...said, origin: "hand" as const };
    }),
    ...fresh,
  ]);
  return () => { for (const [key, data] of before) client.setQueryData(key, data); };
}

/** The entries that the server found in the way; null for any other error. */
export function conflictOf(error: unknown): InTheWay[] | null {
  if (!(error instanceof ApiError) || error.code !== "schedule_conflict") return null;
  const details: unknown = error.details;
  const entries: unknown = typeof details === "object" && details !== null && "entries" in details ? details.entries : [];
  if (!Array.isArray(entries)) return [];
  return entries.map((one: { id: string | null; title: string | null; start_at: string; stop_at: string }) => ({
    id: one.id, title: one.title ?? HIDDEN, start: Date.parse(one.start_at), stop: Date.parse(one.stop_at),
  })).sort((a, b) => a.start - b.start);
}
