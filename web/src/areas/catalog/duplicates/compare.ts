import type { TitleCore } from "@/api";
import { humanise, STATUSES } from "@/lib/labels";
import { asWords } from "@/lib/words";

export type Side = "left" | "right";

interface ComparedField {
  name: string;
  label: string;
  left: string;
  right: string;
}

const READ: readonly (readonly [string, string, (title: TitleCore) => unknown])[] = [
  ["title", "Title", (title) => title.title],
  ["original_title", "Original title", (title) => title.original_title],
  ["sort_title", "Sorted as", (title) => title.sort_title],
  ["year", "Year", (title) => title.year],
  ["released_on", "Released", (title) => title.released_on],
  ["runtime_minutes", "Length", (title) => title.runtime_minutes],
  ["synopsis", "Synopsis", (title) => title.synopsis],
  ["age_rating", "Age rating", (title) => title.age_rating],
  ["rating", "Rating", (title) => title.rating],
  ["status", "Status", (title) => STATUSES[title.status]],
  ["details", "Details", (title) => describeDetails(title.details)],
];

/** Tracks and the like are counted; listing them would bury the rest. */
function describeDetails(details: object): string {
  return Object.entries(details)
    .filter(([, value]: [string, unknown]) => value !== null && value !== "")
    .map(([name, value]: [string, unknown]) => (Array.isArray(value) && typeof value[0] === "object" ? `${value.length} ${humanise(name).toLowerCase()}` : `${humanise(name)}: ${asWords(value)}`))
    .join(", ");
}

/** The side that knows more about the work, to begin with. */
export function fullerSide(left: TitleCore, right: TitleCore): Side {
  const weight = (title: TitleCore): number =>
    READ.filter(([, , read]) => asWords(read(title)) !== "–").length + (title.poster ? 2 : 0) + Math.min(title.credits.length, 5) + title.genres.length;
  return weight(right) > weight(left) ? "right" : "left";
}

/** Fields in which the two works differ, as people read them. */
export function differences(left: TitleCore, right: TitleCore): ComparedField[] {
  return READ.map(([name, label, read]) => ({ name, label, left: asWords(read(left)), right: asWords(read(right)) })).filter((field) => field.left !== field.right);
}

/** The better side to begin with: for each field the kept work's value, unless only the other has one. */
export function startChoice(fields: readonly ComparedField[], keep: Side): Record<string, Side> {
  const other: Side = keep === "left" ? "right" : "left";
  return Object.fromEntries(fields.map((field) => [field.name, field[keep] === "–" && field[other] !== "–" ? other : keep]));
}
