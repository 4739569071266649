import { dayOf, later, momentOf } from "./schedule/zone";

/** How the guide turns time into space: pixels per minute, blocks that are loaded at once. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const PIXELS_PER_MINUTE = 4;
/** What one request brings: so many hours of so many channels. */
export const BLOCK_HOURS = 3;
export const BLOCK_CHANNELS = 50;
/** The guide reaches from yesterday to two weeks ahead. */
export const DAYS_BACK = 1;
export const DAYS_AHEAD = 14;
export const ROW_HEIGHT = 68;

export function startOfDay(moment: number): number {
  const day = new Date(moment);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

export function startOfBlock(moment: number): number {
  return Math.floor(moment / (BLOCK_HOURS * HOUR)) * BLOCK_HOURS * HOUR;
}

export const toPixels = (milliseconds: number): number => (milliseconds / MINUTE) * PIXELS_PER_MINUTE;
export const toTime = (pixels: number): number => (pixels / PIXELS_PER_MINUTE) * MINUTE;

/** The blocks that touch a stretch of time. */
export function blocksOf(from: number, to: number): number[] {
  const blocks = [];
  for (let block = startOfBlock(from); block < to; block += BLOCK_HOURS * HOUR) blocks.push(block);
  return blocks;
}

/** Every half hour of a stretch, for the ruler. */
export function halfHours(from: number, to: number): number[] {
  const marks = [];
  for (let mark = Math.floor(from / (HOUR / 2)) * (HOUR / 2); mark < to; mark += HOUR / 2) marks.push(mark);
  return marks;
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY_NAME = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
export const clock = (moment: number): string => CLOCK.format(moment);

export function dayName(moment: number, now: number): string {
  const days = Math.round((startOfDay(moment) - startOfDay(now)) / DAY);
  return days === 0 ? "Today" : days === 1 ? "Tomorrow" : days === -1 ? "Yesterday" : DAY_NAME.format(moment);
}

export function span(start: string, stop: string): string {
  return `${clock(Date.parse(start))} – ${clock(Date.parse(stop))}`;
}

const EVENING = "18:00";
const NIGHT = "02:00";

/** This evening of a time zone, from six to two at night; once it has begun, what is left of it. To the half hour, so that the answer can be kept. */
export function eveningOf(now: number, zone: string): { from: number; to: number } {
  const today = dayOf(now, zone);
  const day = now < momentOf(today, NIGHT, zone) ? later(today, -1) : today;
  const present = Math.floor(now / (HOUR / 2)) * (HOUR / 2);
  return { from: Math.max(momentOf(day, EVENING, zone), present), to: momentOf(later(day, 1), NIGHT, zone) };
}
