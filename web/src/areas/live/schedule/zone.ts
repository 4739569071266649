/** Days and wall clocks of a time zone: a day has 23, 24 or 25 hours, and 02:30 may come twice or never. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
    clocks.set(zone, clock);
  }
  return clock;
}

/** What the wall clock shows, as if it were UTC. */
function wall(moment: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of clockOf(zone).formatToParts(moment)) part[type] = Number(value);
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
}

const offset = (moment: number, zone: string): number => wall(moment, zone) - Math.floor(moment / 1000) * 1000;

/** The moment when the clock shows this: the first if it comes twice; as before the change if it never comes (RFC 5545, 3.3.5). */
function fromWall(shown: number, zone: string): number {
  const before = offset(shown - DAY, zone);
  const after = offset(shown + DAY, zone);
  const first = shown - before;
  if (offset(first, zone) === before) return first;
  const second = shown - after;
  return offset(second, zone) === after ? second : first;
}

/** The calendar day `2026-11-21` of a moment. */
export const dayOf = (moment: number, zone: string): string => new Date(wall(moment, zone)).toISOString().slice(0, 10);

/** What a clock on the wall shows: `20:15`. */
export const clock = (moment: number, zone: string): string => new Date(wall(moment, zone)).toISOString().slice(11, 16);

/** The moment of a day and a time of the clock. */
export const momentOf = (day: string, time: string, zone: string): number => fromWall(Date.parse(`${day}T${time.slice(0, 5)}:00Z`), zone);

export const startOfDay = (day: string, zone: string): number => momentOf(day, "00:00", zone);

export function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export const monday = (day: string): string => later(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

export interface Mark {
  at: number;
  label: string;
  /** The clock shows this hour for the second time. */
  isAgain: boolean;
}

/** Every hour that passes in a day, with what the clock shows then. */
export function hoursOf(day: string, zone: string): Mark[] {
  const marks: Mark[] = [];
  const stop = startOfDay(later(day, 1), zone);
  for (let at = startOfDay(day, zone); at < stop; at += HOUR) {
    const label = clock(at, zone);
    marks.push({ at, label, isAgain: marks.some((one) => one.label === label) });
  }
  return marks;
}

/** By how many minutes a day is longer (clocks go back) or shorter (clocks go forward) than others. */
export const changeOf = (day: string, zone: string): number => (startOfDay(later(day, 1), zone) - startOfDay(day, zone) - DAY) / MINUTE;

const names = (options: Intl.DateTimeFormatOptions): ((day: string) => string) => {
  const format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  return (day) => format.format(Date.parse(`${day}T00:00:00Z`));
};
export const shortDay = names({ weekday: "short", day: "numeric", month: "short" });
export const longDay = names({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const dayOfMonth = names({ day: "numeric", month: "short", year: "numeric" });

/** Whether two clocks show the same at a moment. */
export const sameClock = (zone: string, other: string, moment: number): boolean => zone === other || offset(moment, zone) === offset(moment, other);

/** `Europe/Paris (UTC+1)`, as it is at a moment. */
export function zoneName(zone: string, moment: number): string {
  const minutes = Math.round(offset(moment, zone) / MINUTE);
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? "" : `:${String(size % 60).padStart(2, "0")}`;
  return `${zone.replaceAll("_", " ")} (UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${rest})`;
}

export function isZone(zone: string): boolean {
  try {
    clockOf(zone);
    return zone !== "";
  } catch {
    return false;
  }
}
