import { asOneOf, asText, withoutEmpty } from "@/lib/search-params";

export interface ScheduleSearch {
  /** Ids, separated by commas: several columns in the view of a day, the first one's week otherwise. */
  channels?: string | undefined;
  view?: "day" | "week" | undefined;
  /** The calendar day, `2026-11-21`. */
  day?: string | undefined;
  /** The entry whose form is open. */
  entry?: string | undefined;
}

export interface TemplatesSearch {
  channel?: string | undefined;
  /** The template whose form is open. */
  template?: string | undefined;
  /** An entry that a new template is made from. */
  from?: string | undefined;
}

function asDay(value: unknown): string | undefined {
  const text = asText(value);
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

export const parseScheduleSearch = (raw: Record<string, unknown>): ScheduleSearch =>
  withoutEmpty({ channels: asText(raw.channels), view: asOneOf(raw.view, ["day", "week"] as const), day: asDay(raw.day), entry: asText(raw.entry) });

export const parseTemplatesSearch = (raw: Record<string, unknown>): TemplatesSearch =>
  withoutEmpty({ channel: asText(raw.channel), template: asText(raw.template), from: asText(raw.from) });
