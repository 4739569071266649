import type { TitleCreate } from "@/api";
import type { Kind } from "@/lib/labels";
import type { Track } from "../details";

export interface TrackDraft {
  position: string;
  title: string;
  length: string;
}

/** All fields of all kinds in one; the form shows those of the kind chosen. */
export interface DetailsDraft {
  fields: Record<string, string>;
  platforms: string[];
  tracks: TrackDraft[];
}

type FieldType = "text" | "number";
interface DetailField {
  name: string;
  label: string;
  type: FieldType;
  placeholder?: string;
}

const field = (name: string, label: string, type: FieldType = "text", placeholder = ""): DetailField => ({ name, label, type, placeholder });

export const DETAIL_FIELDS: Record<Kind, readonly DetailField[]> = {
  movie: [],
  series: [],
  book: [field("isbn13", "ISBN", "text", "978…"), field("pages", "Pages", "number"), field("publisher", "Publisher"), field("series_name", "Series"), field("series_position", "Number in the series", "number")],
  album: [field("label", "Label"), field("catalog_number", "Catalogue number")],
  game: [field("developer", "Developer"), field("publisher", "Publisher"), field("players_min", "Players from", "number"), field("players_max", "Players to", "number")],
  comic: [field("issue", "Issue"), field("series_name", "Series"), field("publisher", "Publisher"), field("pages", "Pages", "number")],
  other: [],
};

/** Seconds as `7:17`; "" when the length is not known. */
function toLength(seconds: number | null): string {
  return seconds === null ? "" : `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;
}

/** `7:17`, `1:02:03` or plain seconds; anything else is not known. */
export function toSeconds(length: string): number | null {
  if (!/^\d+(:[0-5]?\d){0,2}$/.test(length.trim())) return null;
  return length.trim().split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

export function detailsDraft(details: object, tracks: readonly Track[]): DetailsDraft {
  const fields: Record<string, string> = {};
  for (const [key, value] of Object.entries(details) as [string, unknown][]) {
    if (typeof value === "string" || typeof value === "number") fields[key] = String(value);
  }
  const platforms = "platforms" in details && Array.isArray(details.platforms) ? details.platforms.filter((each): each is string => typeof each === "string") : [];
  return { fields, platforms, tracks: tracks.map((track) => ({ position: track.position, title: track.title, length: toLength(track.seconds) })) };
}

export function toDetails(kind: Kind, draft: DetailsDraft): NonNullable<TitleCreate["details"]> {
  const details: Record<string, unknown> = {};
  for (const { name, type } of DETAIL_FIELDS[kind]) {
    const value = draft.fields[name]?.trim() ?? "";
    if (value !== "") details[name] = type === "number" ? Number(value) : value;
  }
  if (kind === "game" && draft.platforms.length > 0) details.platforms = draft.platforms;
  const tracks = draft.tracks.filter((track) => track.title.trim() !== "");
  if (kind === "album" && tracks.length > 0) {
    details.tracks = tracks.map((track, index) => {
      const seconds = toSeconds(track.length);
      return { position: track.position.trim() || String(index + 1), title: track.title.trim(), ...(seconds === null ? {} : { seconds }) };
    });
  }
  return details;
}
