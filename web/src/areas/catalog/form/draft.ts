import type { CreditInput, EpisodeRead, SeasonCreate, TitleCreate, TitleRead, TitleUpdate } from "@/api";
import type { Job, Kind, Status } from "@/lib/labels";
import { readTracks } from "../details";
import { type DetailsDraft, detailsDraft, toDetails } from "./details-draft";

export interface CreditDraft {
  key: number;
  name: string;
  job: Job;
  character: string;
}

export interface EpisodeDraft {
  key: number;
  number: string;
  title: string;
  aired_on: string;
  runtime: string;
  synopsis: string;
}

export interface SeasonDraft {
  key: number;
  number: string;
  title: string;
  expected: string;
  episodes: EpisodeDraft[];
}

/** The form's side of a title: everything as it is typed. */
export interface TitleDraft {
  kind: Kind;
  title: string;
  original_title: string;
  sort_title: string;
  synopsis: string;
  year: string;
  released_on: string;
  runtime: string;
  age_rating: string;
  /** In years; empty: the server reads it from the rating. */
  minimum_age: string;
  languages: string[];
  countries: string[];
  genres: string[];
  tags: string[];
  moods: string[];
  themes: string[];
  external: Record<string, string>;
  credits: CreditDraft[];
  seasons: SeasonDraft[];
  details: DetailsDraft;
  status: Status;
}

let lastKey = 0;
export const newKey = (): number => ++lastKey;

export const MAIN_JOB: Record<Kind, Job> = {
  movie: "director", series: "creator", album: "artist", book: "author", game: "developer", comic: "author", other: "other",
};

export function emptyTitle(kind: Kind): TitleDraft {
  return {
    kind, title: "", original_title: "", sort_title: "", synopsis: "", year: "", released_on: "", runtime: "", age_rating: "", minimum_age: "",
    languages: [], countries: [], genres: [], tags: [], moods: [], themes: [], external: {}, seasons: [],
    credits: [{ key: newKey(), name: "", job: MAIN_JOB[kind], character: "" }],
    details: detailsDraft({}, []), status: "published",
  };
}

const text = (value: string | number | null | undefined): string => (value === null || value === undefined ? "" : String(value));
const names = (terms: readonly { name: string }[]): string[] => terms.map((term) => term.name);

export function draftOf(title: TitleRead, episodes: ReadonlyMap<number, readonly EpisodeRead[]>): TitleDraft {
  return {
    kind: title.kind, title: title.title, original_title: text(title.original_title), sort_title: text(title.sort_title),
    synopsis: text(title.synopsis), year: text(title.year), released_on: text(title.released_on),
    runtime: text(title.runtime_minutes), age_rating: text(title.age_rating), minimum_age: text(title.minimum_age), languages: title.languages,
    countries: title.countries, genres: names(title.genres), tags: names(title.tags), moods: names(title.moods),
    themes: names(title.themes), external: { ...title.external_ids }, status: title.status,
    credits: title.credits.map((credit) => ({ key: newKey(), name: credit.person.name, job: credit.job, character: text(credit.character) })),
    seasons: title.seasons.map((season) => ({
      key: newKey(), number: text(season.number), title: text(season.title), expected: text(season.expected_episodes),
      episodes: (episodes.get(season.number) ?? []).map((episode) => ({
        key: newKey(), number: text(episode.number), title: text(episode.title), aired_on: text(episode.aired_on),
        runtime: text(episode.runtime_minutes), synopsis: text(episode.synopsis),
      })),
    })),
    details: detailsDraft(title.details, readTracks(title.details)),
  };
}

const orNull = (value: string): string | null => value.trim() || null;
const toNumber = (value: string): number | null => (/^\d+$/.test(value.trim()) ? Number(value.trim()) : null);

function toCredit({ name, job, character }: CreditDraft): CreditInput[] {
  return name.trim() === "" ? [] : [{ name: name.trim(), job, character: orNull(character) }];
}

function toSeason(season: SeasonDraft): SeasonCreate[] {
  const number = toNumber(season.number);
  if (number === null) return [];
  const episodes = season.episodes.flatMap((episode) => {
    const each = toNumber(episode.number);
    if (each === null) return [];
    return [{ number: each, title: orNull(episode.title), aired_on: orNull(episode.aired_on), runtime_minutes: toNumber(episode.runtime), synopsis: orNull(episode.synopsis) }];
  });
  return [{ number, title: orNull(season.title), expected_episodes: toNumber(season.expected), episodes }];
}

export function toCreate(draft: TitleDraft): TitleCreate {
  return {
    kind: draft.kind, title: draft.title.trim(), original_title: orNull(draft.original_title), sort_title: orNull(draft.sort_title),
    synopsis: orNull(draft.synopsis), year: toNumber(draft.year), released_on: orNull(draft.released_on),
    runtime_minutes: toNumber(draft.runtime), age_rating: orNull(draft.age_rating), languages: draft.languages,
    countries: draft.countries, genres: draft.genres, tags: draft.tags, moods: draft.moods, themes: draft.themes,
    external_ids: Object.fromEntries(Object.entries(draft.external).flatMap(([scheme, id]) => (id.trim() ? [[scheme, id.trim()]] : []))),
    credits: draft.credits.flatMap(toCredit), seasons: draft.kind === "series" ? draft.seasons.flatMap(toSeason) : [],
    details: toDetails(draft.kind, draft.details), status: draft.status,
    ...(toNumber(draft.minimum_age) === null ? {} : { minimum_age: toNumber(draft.minimum_age) }),
  };
}

/** The new map, with null for every key that was there and is gone: the server merges, and null empties. */
function emptied(old: object, now: object): Record<string, unknown> {
  return { ...Object.fromEntries(Object.keys(old).map((key) => [key, null])), ...now };
}

/** Only what the person changed, so that what others changed meanwhile in other fields stays. */
export function toUpdate(before: TitleDraft, after: TitleDraft, revision: number): TitleUpdate {
  const old = toCreate(before);
  const now = toCreate(after);
  const changed = (Object.keys(now) as (keyof TitleCreate)[]).filter((key) => JSON.stringify(now[key]) !== JSON.stringify(old[key]));
  const update = Object.fromEntries(changed.map((key) => [key, now[key]])) as TitleUpdate;
  if (update.external_ids) update.external_ids = emptied(old.external_ids ?? {}, now.external_ids ?? {}) as Record<string, string | null>;
  if (update.details) update.details = emptied(old.details ?? {}, now.details ?? {});
  if (old.minimum_age !== undefined && now.minimum_age === undefined) update.minimum_age = null;
  return { ...update, revision };
}

export const isSame = (a: TitleDraft, b: TitleDraft): boolean => JSON.stringify(toCreate(a)) === JSON.stringify(toCreate(b));

export interface DraftProblems {
  title?: string;
  year?: string;
  runtime?: string;
  age?: string;
}

/** What can be said before asking the server. */
export function problemsOf(draft: TitleDraft): DraftProblems {
  const number = (value: string, message: string): string | undefined => (value.trim() === "" || toNumber(value) !== null ? undefined : message);
  const found: Record<string, string | undefined> = {
    title: draft.title.trim() === "" ? "Give it a title." : undefined,
    year: number(draft.year, "Write the year as a number, such as 1927."),
    runtime: number(draft.runtime, "Write whole minutes, such as 153."),
    age: /^\s*(\d|1\d|2[01])?\s*$/.test(draft.minimum_age) ? undefined : "Write whole years up to 21, such as 16.",
  };
  return Object.fromEntries(Object.entries(found).filter(([, message]) => message !== undefined));
}
