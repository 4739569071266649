import type { BulkFilter, LibraryBrowseTitlesData } from "@/api";
import { FORMATS, type Format, type Kind, KINDS, type Resolution, RESOLUTIONS, type Status, STATUSES } from "@/lib/labels";
import { asList, asListOf, asNumber, asOneOf, asText, withoutEmpty } from "@/lib/search-params";

export const SORTS = {
  title: "Title", "-title": "Title, Z to A", year: "Oldest first", "-year": "Newest first", "-added": "Added last",
  added: "Added first", "-rating": "Best rated", rating: "Least rated", popularity: "Most owned",
} as const;
export type Sort = keyof typeof SORTS;

export const VIEWS = ["grid", "table"] as const;
export type View = (typeof VIEWS)[number];

/** What the address of the works page says; everything may be missing. */
export interface WorksSearch {
  kind?: Kind[];
  genre?: string[];
  tag?: string[];
  mood?: string[];
  theme?: string[];
  person?: string[];
  library?: string[];
  format?: Format[];
  resolution?: Resolution[];
  language?: string[];
  country?: string[];
  status?: Status[];
  year_from?: number;
  year_to?: number;
  rating_from?: number;
  owned?: "yes" | "no";
  on_loan?: "yes";
  q?: string;
  sort?: Sort;
  view?: View;
}

const keysOf = <T extends string>(labels: Record<T, string>): T[] => Object.keys(labels) as T[];

export function parseWorksSearch(raw: Record<string, unknown>): WorksSearch {
  return withoutEmpty<WorksSearch>({
    kind: asListOf(raw.kind, keysOf(KINDS)),
    genre: asList(raw.genre),
    tag: asList(raw.tag),
    mood: asList(raw.mood),
    theme: asList(raw.theme),
    person: asList(raw.person),
    library: asList(raw.library),
    format: asListOf(raw.format, keysOf(FORMATS)),
    resolution: asListOf(raw.resolution, keysOf(RESOLUTIONS)),
    language: asList(raw.language),
    country: asList(raw.country),
    status: asListOf(raw.status, keysOf(STATUSES)),
    year_from: asNumber(raw.year_from),
    year_to: asNumber(raw.year_to),
    rating_from: asNumber(raw.rating_from),
    owned: asOneOf(raw.owned, ["yes", "no"] as const),
    on_loan: asOneOf(raw.on_loan, ["yes"] as const),
    q: asText(raw.q),
    sort: asOneOf(raw.sort, keysOf(SORTS)),
    view: asOneOf(raw.view, VIEWS),
  });
}

export type TitlesQuery = NonNullable<LibraryBrowseTitlesData["query"]>;

/** The same as the server's filter; the view is ours alone. */
export function toQuery(search: WorksSearch): TitlesQuery {
  const { owned, on_loan, view, ...rest } = search;
  return { ...rest, ...(owned ? { owned: owned === "yes" } : {}), ...(on_loan ? { on_loan: true } : {}) };
}

const BULK_KEYS = ["kind", "status", "genre", "tag", "language", "country", "person", "year_from", "year_to", "q"] as const;

/** The same works as a filter of the bulk edit; null when the list is narrowed by something it does not know. */
export function toBulkFilter(search: WorksSearch): BulkFilter | null {
  const { view, sort, ...set } = withoutEmpty(search);
  const known: readonly string[] = BULK_KEYS;
  return Object.keys(set).every((key) => known.includes(key)) ? (set) : null;
}

/** Filters that are set, without sort and view; none means the whole collection. */
export function countFilters(search: WorksSearch): number {
  return Object.keys(search).filter((key) => !["sort", "view", "library"].includes(key)).length;
}

/** Where one comes in: all works as posters, nothing chosen. */
export function isHome(search: WorksSearch): boolean {
  return countFilters(search) === 0 && !search.library && search.view !== "table";
}

export function toggle<T extends string>(list: readonly T[] | undefined, value: T): T[] | undefined {
  const next = list?.includes(value) ? list.filter((each) => each !== value) : [...(list ?? []), value];
  return next.length > 0 ? next : undefined;
}
