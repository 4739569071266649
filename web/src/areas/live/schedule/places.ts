import type { ScheduleRead } from "@/api";
import { clock, dayOf, MINUTE, shortDay } from "./zone";

/** Where an entry is, or is to be. */
export interface Place {
  channel: string;
  start: number;
  stop: number;
}

/** All that can be said of an entry besides where it is. */
export interface Words {
  title: string;
  sub_title: string | null;
  description: string | null;
  season: number | null;
  episode: number | null;
  year: number | null;
  genres: string[];
  min_age: number | null;
  icon_url: string | null;
}

/** An entry as somebody wants it: a new one (`entry` null) or another place or other words of one. */
export interface Draft {
  entry: ScheduleRead | null;
  place: Place;
  words: Words;
}

export interface InTheWay {
  id: string | null;
  title: string;
  start: number;
  stop: number;
}

/** Entries that move with the draft, and those that go. */
export interface Offer {
  key: "after" | "push" | "shorten" | "trim" | "before" | "replace";
  label: string;
  place: Place;
  others: { id: string; start: number; stop: number }[];
  replaces: boolean;
}

export const STEP = 5 * MINUTE;
export const SHORTEST = 5 * MINUTE;
const MOST_PUSHED = 60;
/** A gap that is further away is no place for it. */
const MOST_LATER = 24 * 60 * MINUTE;

export const snap = (moment: number): number => Math.round(moment / STEP) * STEP;
export const placeOf = (entry: ScheduleRead): Place => ({ channel: entry.channel_id, start: Date.parse(entry.start_at), stop: Date.parse(entry.stop_at) });

export const NO_WORDS: Words = { title: "", sub_title: null, description: null, season: null, episode: null, year: null, genres: [], min_age: null, icon_url: null };

export function wordsOf(entry: ScheduleRead): Words {
  const { title, sub_title, description, season, episode, year, genres, min_age, icon_url } = entry;
  return { title, sub_title, description, season, episode, year, genres, min_age, icon_url };
}

export const isSamePlace = (a: Place, b: Place): boolean => a.channel === b.channel && a.start === b.start && a.stop === b.stop;

/** The entries that a place overlaps, without the one that is to be there. */
export function inTheWay(entries: readonly ScheduleRead[], place: Place, own: string | null): ScheduleRead[] {
  return entries.filter((one) => {
    const { channel, start, stop } = placeOf(one);
    return one.id !== own && channel === place.channel && start < place.stop && stop > place.start;
  });
}

/** The free time around a moment, at most so long before and after it. */
export function gapAround(entries: readonly ScheduleRead[], channel: string, moment: number, most: number): Place {
  let start = moment - most;
  let stop = moment + most;
  for (const one of entries) {
    const place = placeOf(one);
    if (place.channel !== channel) continue;
    if (place.stop <= moment) start = Math.max(start, place.stop);
    else if (place.start > moment) stop = Math.min(stop, place.start);
  }
  return { channel, start, stop };
}

/** Whether what is left of an entry is still one: a third of it. */
const isWorth = (left: number, length: number): boolean => left >= SHORTEST && left * 3 >= length;

/** What is above the age limit of the profile: only its times are known, it has no id. */
export const HIDDEN = "a programme you may not see";

const quoted = (title: string): string => (title === HIDDEN ? HIDDEN : `“${title}”`);

function many(met: readonly InTheWay[]): string {
  if (met.length === 1) return quoted(met[0]?.title ?? "");
  return met.length === 2 ? met.map((one) => quoted(one.title)).join(" and ") : `${met.length} entries`;
}

/** What can be done about entries that are in the way, the gentlest first. */
export function offersOf(draft: Draft, met: readonly InTheWay[], entries: readonly ScheduleRead[], zone: string): Offer[] {
  const { place } = draft;
  const length = place.stop - place.start;
  const others = entries.filter((one) => one.id !== draft.entry?.id && one.channel_id === place.channel)
    .map((one) => ({ id: one.id, title: one.title, ...placeOf(one) })).sort((a, b) => a.start - b.start);
  const first = met[0];
  const last = met[met.length - 1];
  if (!first || !last) return [];
  const offers: Offer[] = [];
  const offer = (key: Offer["key"], label: string, change: Partial<Offer> = {}): void => { offers.push({ key, label, place, others: [], replaces: false, ...change }); };
  const day = dayOf(place.start, zone);
  const time = (moment: number): string => (dayOf(moment, zone) === day ? clock(moment, zone) : `${clock(moment, zone)} on ${shortDay(dayOf(moment, zone))}`);

  // After: behind what is in the way, or in the first gap that is long enough.
  let at = last.stop;
  for (const one of others) if (one.stop > at && one.start < at + length) at = one.stop;
  if (at - place.start < MOST_LATER) offer("after", at === last.stop ? `Put it after ${quoted(last.title)}, at ${time(at)}` : `Put it into the next gap, at ${time(at)}`, { place: { ...place, start: at, stop: at + length } });

  // Push: what follows moves as far as it must.
  const from = first.start < place.start ? first.stop : place.start;
  const moved: { id: string; start: number; stop: number }[] = [];
  let cursor = from + length;
  for (const one of others) {
    if (one.start < from || one.start >= cursor) continue;
    moved.push({ id: one.id, start: cursor, stop: cursor + one.stop - one.start });
    cursor += one.stop - one.start;
  }
  if (moved.length > 0 && moved.length <= MOST_PUSHED && met.every((one) => one.id !== null)) {
    const name = quoted(others.find((one) => one.id === moved[0]?.id)?.title ?? "");
    const what = moved.length === 1 ? name : `${name} and ${moved.length - 1} more`;
    offer("push", from === place.start ? `Move ${what} later` : `Put it at ${time(from)} and move ${what} later`, { place: { ...place, start: from, stop: from + length }, others: moved });
  }

  // Shorten: the longest part of the draft that is free.
  const edges = [...met.map((one) => one.start), place.stop];
  const parts = edges.map((stop, index) => ({ start: index === 0 ? place.start : (met[index - 1]?.stop ?? place.start), stop }));
  const { start: begin, stop: end } = parts.reduce((best, one) => (one.stop - one.start > best.stop - best.start ? one : best));
  if (isWorth(end - begin, length)) {
    const minutes = `${Math.round((end - begin) / MINUTE)} min`;
    const label = begin === place.start ? `Let it end at ${time(end)} (${minutes})` : end === place.stop ? `Let it start at ${time(begin)} (${minutes})` : `Fit it in from ${time(begin)} to ${time(end)} (${minutes})`;
    offer("shorten", label, { place: { ...place, start: begin, stop: end } });
  }

  // Trim: the others end before it or begin after it.
  const trimmed = met.map((one) => {
    if (one.id === null || (one.start < place.start && one.stop > place.stop)) return null;
    const cut = one.start < place.start ? { start: one.start, stop: place.start } : { start: place.stop, stop: one.stop };
    return isWorth(cut.stop - cut.start, one.stop - one.start) ? { id: one.id, ...cut } : null;
  });
  const cuts = trimmed.flatMap((one) => one ?? []);
  if (cuts.length === met.length) {
    const label = met.length > 1 ? `Shorten ${many(met)}` : first.start < place.start ? `Let ${quoted(first.title)} end at ${time(place.start)}` : `Let ${quoted(first.title)} start at ${time(place.stop)}`;
    offer("trim", label, { others: cuts });
  }

  // Before: in front of what is in the way, if there is room.
  if (!others.some((one) => one.start < first.start && one.stop > first.start - length)) {
    offer("before", `Put it before ${quoted(first.title)}, at ${time(first.start - length)}`, { place: { ...place, start: first.start - length, stop: first.start } });
  }
  offer("replace", `Replace ${many(met)}`, { replaces: true });
  return offers;
}
