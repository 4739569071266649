/** The interface speaks English; dates and numbers follow the person's kind of English, and never another language. */
const LOCALE = typeof navigator === "undefined" ? "en" : (navigator.languages.find((language) => language.startsWith("en")) ?? "en-GB");

const DATE = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", year: "numeric" });
const SHORT_DATE = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const DATE_TIME = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
const NUMBER = new Intl.NumberFormat(LOCALE);
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const REGION = new Intl.DisplayNames("en", { type: "region" });
const LANGUAGE = new Intl.DisplayNames("en", { type: "language" });

/** A calendar day `2026-11-03` is local, not midnight UTC: else it would shift west of Greenwich. */
function parse(value: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00` : value);
}

export const formatDate = (value: string): string => DATE.format(parse(value));
export const formatShortDate = (value: string): string => SHORT_DATE.format(parse(value));
export const formatDateTime = (value: string): string => DATE_TIME.format(parse(value));
export const formatNumber = (value: number): string => NUMBER.format(value);

export function today(offsetDays = 0): string {
  const date = new Date();
  date.setDate(date.getDate() + offsetDays);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

/** The moment a local calendar day begins, or the day so many days later, as the wire wants it. */
export function startOfDay(day: string, later = 0): string {
  const date = parse(day);
  date.setDate(date.getDate() + later);
  return date.toISOString();
}

/** `153` reads "2 h 33", `45` reads "45 min". */
export function formatRuntime(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${String(rest).padStart(2, "0")}`;
}

/** Seconds as `7:17`, for the tracks of an album. */
export function formatSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;
}

/** Time left, coarse enough not to flicker. */
export function formatEta(seconds: number): string {
  if (seconds < 2) return "almost done";
  if (seconds < 60) return `${Math.ceil(seconds)} s left`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min left`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min left`;
}

export function formatAgo(value: string, now: Date = new Date()): string {
  const seconds = (parse(value).getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  // Clocks differ a little; a time well ahead is a date to keep.
  if (seconds > 300) return formatDateTime(value);
  if (size < 45 || seconds > 0) return "just now";
  if (size < 3600) return RELATIVE.format(Math.round(seconds / 60), "minute");
  if (size < 86_400) return RELATIVE.format(Math.round(seconds / 3600), "hour");
  if (size < 30 * 86_400) return RELATIVE.format(Math.round(seconds / 86_400), "day");
  return formatShortDate(value);
}

export function formatMoney(cents: number, currency: string | null | undefined): string {
  if (!currency) return NUMBER.format(cents / 100);
  try {
    const money = new Intl.NumberFormat(LOCALE, { style: "currency", currency });
    return money.format(cents / 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return `${NUMBER.format(cents / 100)} ${currency}`;
  }
}

function named(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code; // a code that is none: show what was entered
  }
}

export const countryName = (code: string): string => named(REGION, code.toUpperCase());
export const languageName = (code: string): string => named(LANGUAGE, code);

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(count)} ${count === 1 ? one : many}`;
}
