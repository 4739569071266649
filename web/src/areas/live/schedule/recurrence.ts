import { dayOfMonth } from "./zone";

/** Days of the week as RFC 5545 writes them, Monday first. */
export const WEEKDAYS = { MO: "Monday", TU: "Tuesday", WE: "Wednesday", TH: "Thursday", FR: "Friday", SA: "Saturday", SU: "Sunday" } as const;
export type Weekday = keyof typeof WEEKDAYS;
export const DAYS = Object.keys(WEEKDAYS) as Weekday[];
const ORDINALS: Record<string, string> = { 1: "first", 2: "second", 3: "third", 4: "fourth", [-1]: "last" };

/** A rule as people say it. What cannot be said so is `custom`: then `raw` counts. */
export interface Recurrence {
  every: "day" | "week" | "month" | "monthday" | "custom";
  interval: number;
  days: Weekday[];
  /** `month`: which of the weekdays `days[0]`, 1–4 or -1 for the last. `monthday`: which day, 1–31. */
  nth: number;
  count: number | null;
  raw: string;
}

/** The day of the week of `2026-11-21`. */
export const weekdayOf = (day: string): Weekday => DAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? "MO";

const isWeekday = (value: string): value is Weekday => value in WEEKDAYS;
const custom = (raw: string): Recurrence => ({ every: "custom", interval: 1, days: [], nth: 1, count: null, raw });

/** Reads a rule of RFC 5545; `startsOn` says the day where the rule leaves it out. */
export function parseRule(raw: string, startsOn: string): Recurrence {
  const parts = new Map(raw.replace(/^RRULE:/i, "").toUpperCase().split(";").map((part) => { const [name = "", value = ""] = part.split("="); return [name, value]; }));
  const known = new Set(["FREQ", "INTERVAL", "COUNT", "BYDAY", "BYMONTHDAY"]);
  if ([...parts.keys()].some((name) => !known.has(name))) return custom(raw);
  const interval = Number(parts.get("INTERVAL") ?? 1);
  const count = parts.has("COUNT") ? Number(parts.get("COUNT")) : null;
  const days = parts.get("BYDAY")?.split(",") ?? [];
  const monthday = parts.get("BYMONTHDAY");
  if (!Number.isInteger(interval) || interval < 1 || (count !== null && (!Number.isInteger(count) || count < 1))) return custom(raw);
  const base = { interval, count, raw, nth: 1, days: [] as Weekday[] };
  const frequency = parts.get("FREQ");
  if (frequency === "DAILY" && days.length === 0 && !monthday) return { ...base, every: "day" };
  if (frequency === "WEEKLY" && !monthday && days.every(isWeekday)) return { ...base, every: "week", days: days.length > 0 ? DAYS.filter((day) => days.includes(day)) : [weekdayOf(startsOn)] };
  if (frequency === "MONTHLY") {
    const nth = /^(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)$/.exec(days[0] ?? "");
    if (days.length === 1 && !monthday && nth) return { ...base, every: "month", nth: Number(nth[1]), days: [nth[2] as Weekday] };
    if (days.length === 0 && (!monthday || /^\d{1,2}$/.test(monthday))) return { ...base, every: "monthday", nth: Number(monthday ?? startsOn.slice(8)) };
  }
  return custom(raw);
}

/** The rule as RFC 5545 writes it. */
export function buildRule(said: Recurrence): string {
  if (said.every === "custom") return said.raw.trim();
  const parts = [`FREQ=${{ day: "DAILY", week: "WEEKLY", month: "MONTHLY", monthday: "MONTHLY" }[said.every]}`];
  if (said.interval > 1) parts.push(`INTERVAL=${said.interval}`);
  if (said.every === "week") parts.push(`BYDAY=${DAYS.filter((day) => said.days.includes(day)).join(",")}`);
  if (said.every === "month") parts.push(`BYDAY=${said.nth}${said.days[0] ?? "MO"}`);
  if (said.every === "monthday") parts.push(`BYMONTHDAY=${said.nth}`);
  if (said.count) parts.push(`COUNT=${said.count}`);
  return parts.join(";");
}

const listed = (words: readonly string[]): string => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`);

function daysInWords(days: readonly Weekday[]): string {
  if (days.length === 7) return "every day";
  const set = [...days].join();
  if (set === "MO,TU,WE,TH,FR") return "Monday to Friday";
  if (set === "SA,SU") return "Saturday and Sunday";
  return listed(days.map((day) => WEEKDAYS[day]));
}

/** A rule in plain words: “Every 2 weeks on Monday and Friday, until 3 Mar 2027”. */
export function inWords(said: Recurrence, untilOn: string | null): string {
  const n = said.interval;
  const every = (one: string): string => (n === 1 ? `Every ${one}` : `Every ${n} ${one}s`);
  const what = said.every === "custom" ? `By the rule ${said.raw}`
    : said.every === "day" ? every("day")
    : said.every === "week" ? (n === 1 && said.days.length === 7 ? "Every day" : n === 1 && said.days.length === 1 ? `Every ${daysInWords(said.days)}` : n === 1 && daysInWords(said.days) === "Monday to Friday" ? "Monday to Friday" : `${every("week")} on ${daysInWords(said.days)}`)
    : said.every === "month" ? `${every("month")} on the ${ORDINALS[said.nth] ?? ""} ${WEEKDAYS[said.days[0] ?? "MO"]}`
    : `${every("month")} on day ${said.nth}`;
  return [what, said.count && said.every !== "custom" ? `${said.count} times` : null, untilOn ? `until ${dayOfMonth(untilOn)}` : null].filter(Boolean).join(", ");
}
