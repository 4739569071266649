import type { TitleRead } from "@/api";
import { languageName, countryName } from "@/lib/format";
import { KINDS } from "@/lib/labels";
import { asWords } from "@/lib/words";

export type Side = "left" | "right";

interface ComparedField {
  name: string;
  label: string;
  left: string;
  right: string;
}

const names = (terms: readonly { name: string }[]): string => terms.map((term) => term.name).join(", ");

const READ: readonly (readonly [string, string, (title: TitleRead) => unknown])[] = [
  ["title", "Title", (title) => title.title],
  ["original_title", "Original title", (title) => title.original_title],
  ["year", "Year", (title) => title.year],
  ["kind", "Kind", (title) => KINDS[title.kind]],
  ["released_on", "Released", (title) => title.released_on],
  ["runtime_minutes", "Length", (title) => title.runtime_minutes],
  ["synopsis", "Synopsis", (title) => title.synopsis],
  ["languages", "Languages", (title) => title.languages.map(languageName)],
  ["countries", "Countries", (title) => title.countries.map(countryName)],
  ["age_rating", "Age rating", (title) => title.age_rating],
  ["genres", "Genres", (title) => names(title.genres)],
  ["tags", "Tags", (title) => names(title.tags)],
  ["details", "Details", (title) => title.details],
];

/** Fields in which the two works differ, as people read them. */
export function differences(left: TitleRead, right: TitleRead): ComparedField[] {
  return READ.map(([name, label, read]) => ({ name, label, left: asWords(read(left)), right: asWords(read(right)) })).filter((field) => field.left !== field.right);
}

/** The better side to begin with: for each field the kept work's value, unless only the other has one. */
export function startChoice(fields: readonly ComparedField[], keep: Side): Record<string, Side> {
  const other: Side = keep === "left" ? "right" : "left";
  return Object.fromEntries(fields.map((field) => [field.name, field[keep] === "–" && field[other] !== "–" ? other : keep]));
}
