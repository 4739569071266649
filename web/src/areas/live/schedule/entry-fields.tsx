import type { ChannelRead } from "@/api";
import { fieldError } from "@/lib/errors";
import { formatRuntime } from "@/lib/format";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { TagInput } from "@/ui/tag-input";
import type { Place, Words } from "./places";
import { changeOf, clock, dayOf, later, MINUTE, momentOf, zoneName } from "./zone";

interface TimesProps {
  place: Place;
  zone: string;
  channels: readonly ChannelRead[];
  error: unknown;
  onChange: (place: Place) => void;
}

export const channelOptions = (channels: readonly ChannelRead[]): { value: string; label: string }[] =>
  channels.map((one) => ({ value: one.id, label: [one.number, one.name].filter(Boolean).join(" ") }));

/** Where an entry is: channel, day, and from when to when on the clock of the place. */
export function PlaceFields({ place, zone, channels, error, onChange }: TimesProps) {
  const day = dayOf(place.start, zone);
  const start = clock(place.start, zone);
  const length = place.stop - place.start;
  const move = (toDay: string, toStart: string): void => {
    if (!toDay || !toStart) return;
    const at = momentOf(toDay, toStart, zone);
    onChange({ ...place, start: at, stop: at + length });
  };
  const end = (time: string): void => {
    if (!time) return;
    const same = momentOf(day, time, zone);
    onChange({ ...place, stop: same > place.start ? same : momentOf(later(day, 1), time, zone) });
  };
  const change = changeOf(day, zone);
  return (
    <div className="flex flex-col gap-3">
      {channels.length > 1 ? <Field label="Channel" error={fieldError(error, "channel_id")}><Select value={place.channel} onValue={(channel) => onChange({ ...place, channel })} options={channelOptions(channels)} /></Field> : null}
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_8.5rem_8.5rem]">
        <Field label="Day" className="col-span-2 sm:col-span-1"><Input type="date" required value={day} onChange={(event) => move(event.target.value, start)} /></Field>
        <Field label="Start" error={fieldError(error, "start_at")}><Input type="time" required value={start} onChange={(event) => move(day, event.target.value)} /></Field>
        <Field label="End" error={fieldError(error, "stop_at")}><Input type="time" required value={clock(place.stop, zone)} onChange={(event) => end(event.target.value)} /></Field>
      </div>
      <p className="text-xs text-quiet tabular">
        {formatRuntime(Math.round(length / MINUTE))} · {zoneName(zone, place.start)}
        {dayOf(place.stop - 1, zone) === day ? "" : " · ends on the next day"}
        {change === 0 ? "" : ` · clocks go ${change > 0 ? "back" : "forward"} on this day`}
      </p>
    </div>
  );
}

interface WordProps {
  words: Words;
  genres: readonly string[];
  error: unknown;
  onChange: (words: Words) => void;
}

const orNull = (text: string): string | null => (text === "" ? null : text);
const numberOrNull = (text: string): number | null => (text === "" ? null : Number(text));

/** What is said of an entry. */
export function WordFields({ words, genres, error, onChange }: WordProps) {
  const set = (change: Partial<Words>): void => onChange({ ...words, ...change });
  const number = (name: "season" | "episode" | "year" | "min_age", label: string, min: number, max: number) => (
    <Field label={label} error={fieldError(error, name)}>
      <Input type="number" inputMode="numeric" min={min} max={max} value={words[name] ?? ""} onChange={(event) => set({ [name]: numberOrNull(event.target.value) })} />
    </Field>
  );
  return (
    <div className="flex flex-col gap-4">
      <Field label="Title" error={fieldError(error, "title")}><Input required autoFocus={words.title === ""} maxLength={500} value={words.title} onChange={(event) => set({ title: event.target.value })} /></Field>
      <Field label="Subtitle" optional error={fieldError(error, "sub_title")}><Input maxLength={500} value={words.sub_title ?? ""} onChange={(event) => set({ sub_title: orNull(event.target.value) })} /></Field>
      <Field label="Description" optional error={fieldError(error, "description")}><Textarea rows={3} maxLength={20_000} value={words.description ?? ""} onChange={(event) => set({ description: orNull(event.target.value) })} /></Field>
      <Field label="Genres" optional error={fieldError(error, "genres")}><TagInput values={words.genres} suggestions={genres} onChange={(next) => set({ genres: next })} /></Field>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {number("season", "Season", 1, 30_000)}
        {number("episode", "Episode", 1, 1_000_000)}
        {number("year", "Year", 1880, 2200)}
        {number("min_age", "From age", 0, 21)}
      </div>
      <Field label="Picture" optional hint="The address of an image" error={fieldError(error, "icon_url")}><Input type="url" placeholder="https://…" value={words.icon_url ?? ""} onChange={(event) => set({ icon_url: orNull(event.target.value) })} /></Field>
    </div>
  );
}
