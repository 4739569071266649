import type { ScheduleRead, TemplateCreate, TemplateOverride, TemplateRead } from "@/api";
import { buildRule, parseRule, type Recurrence, weekdayOf } from "./recurrence";
import { placeOf } from "./places";
import { clock, dayOf, later, MINUTE } from "./zone";

/** A template as somebody writes it. */
export interface TemplateDraft {
  id: string | null;
  channel_id: string;
  title: string;
  sub_title: string | null;
  description: string | null;
  genres: string[];
  min_age: number | null;
  icon_url: string | null;
  title_id: string | null;
  start_time: string;
  minutes: number;
  time_zone: string;
  starts_on: string;
  until_on: string | null;
  is_enabled: boolean;
  said: Recurrence;
  overrides: TemplateOverride[];
}

export function draftOf(template: TemplateRead): TemplateDraft {
  const { id, channel_id, title, sub_title, description, genres, min_age, icon_url, title_id, time_zone, starts_on, until_on, is_enabled } = template;
  return {
    id, channel_id, title, sub_title, description, genres, min_age, icon_url, title_id, time_zone, starts_on, until_on, is_enabled,
    start_time: template.start_time.slice(0, 5), minutes: template.duration_minutes, said: parseRule(template.rrule, starts_on),
    overrides: template.overrides.map((one) => ({ occurs_on: one.occurs_on, is_cancelled: one.is_cancelled, start_at: one.start_at, duration_minutes: one.duration_minutes, changes: one.changes })),
  };
}

/** A new template: from an entry that is to recur every week, or empty. */
export function freshDraft(channel: string, zone: string, now: number, from?: ScheduleRead): TemplateDraft {
  const day = from ? dayOf(placeOf(from).start, zone) : dayOf(now, zone);
  // The entry stays as it is; the template makes those after it.
  const after = from ? later(day, 1) : day;
  const starts = after < dayOf(now, zone) ? dayOf(now, zone) : after;
  const base = { interval: 1, nth: 1, count: null, raw: "" };
  return {
    id: null, channel_id: from?.channel_id ?? channel, title: from?.title ?? "", sub_title: from?.sub_title ?? null, description: from?.description ?? null,
    genres: from?.genres ?? [], min_age: from?.min_age ?? null, icon_url: from?.icon_url ?? null, title_id: from?.title_id ?? null,
    start_time: from ? clock(placeOf(from).start, zone) : "20:15", minutes: from ? Math.round((placeOf(from).stop - placeOf(from).start) / MINUTE) : 45,
    time_zone: zone, starts_on: starts, until_on: null, is_enabled: true, overrides: [],
    said: { ...base, every: "week", days: [weekdayOf(day)] },
  };
}

export function templateBody({ id: _id, said, minutes, ...draft }: TemplateDraft): TemplateCreate {
  return { ...draft, title: draft.title.trim() || "Without a title", rrule: buildRule(said), duration_minutes: minutes };
}
