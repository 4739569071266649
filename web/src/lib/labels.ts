import type { CopyRead, EditionRead, LibraryRead, TitleCard } from "@/api";

export type Kind = TitleCard["kind"];
export type Format = EditionRead["format"];
export type Resolution = "sd" | "hd" | "full_hd" | "uhd_4k";
export type LibraryKind = LibraryRead["kind"];
export type Condition = NonNullable<CopyRead["condition"]>;
export type Status = TitleCard["status"];

export const KINDS: Record<Kind, string> = {
  movie: "Film", series: "Series", album: "Album", book: "Book", game: "Game", comic: "Comic", other: "Other",
};

export const FORMATS: Record<Format, string> = {
  dvd: "DVD", bluray: "Blu-ray", uhd: "4K UHD", vhs: "VHS", laserdisc: "LaserDisc", digital: "Digital",
  vinyl: "Vinyl", cd: "CD", cassette: "Cassette", sacd: "SACD", hardcover: "Hardcover", paperback: "Paperback",
  ebook: "E-book", audiobook: "Audiobook", comic_issue: "Comic issue", cartridge: "Cartridge", disc: "Disc",
  boxed: "Boxed", other: "Other",
};

/** What people own a kind in, most likely first; the rest follows in the form. */
export const FORMATS_OF: Record<Kind, readonly Format[]> = {
  movie: ["bluray", "uhd", "dvd", "digital", "vhs", "laserdisc"],
  series: ["bluray", "dvd", "uhd", "digital", "vhs"],
  album: ["vinyl", "cd", "cassette", "sacd", "digital"],
  book: ["hardcover", "paperback", "ebook", "audiobook"],
  game: ["disc", "cartridge", "digital", "boxed"],
  comic: ["comic_issue", "paperback", "hardcover", "ebook"],
  other: ["other", "boxed", "digital"],
};

export const RESOLUTIONS: Record<Resolution, string> = { sd: "SD", hd: "HD", full_hd: "Full HD", uhd_4k: "4K" };

export const CONDITIONS: Record<Condition, string> = {
  mint: "Mint", near_mint: "Near mint", very_good: "Very good", good: "Good", fair: "Fair", poor: "Poor",
};

export const LIBRARY_KINDS: Record<LibraryKind, string> = {
  mixed: "Everything", movies: "Films", series: "Series", music: "Music", books: "Books", games: "Games", comics: "Comics",
};

export const STATUSES: Record<Status, string> = {
  draft: "Draft", in_review: "In review", scheduled: "Scheduled", published: "Published", archived: "Archived",
};

export const JOBS = {
  director: "Director", writer: "Writer", actor: "Actor", author: "Author", artist: "Artist", composer: "Composer",
  performer: "Performer", developer: "Developer", publisher: "Publisher", illustrator: "Illustrator",
  creator: "Creator", producer: "Producer", editor: "Editor", translator: "Translator", narrator: "Narrator",
  conductor: "Conductor", cinematographer: "Cinematographer", other: "Other",
} as const;
export type Job = keyof typeof JOBS;

export const ROLES = {
  owner: "Owner", manager: "Manager", catalog_editor: "Catalogue editor", editor: "Editor", author: "Author",
  moderator: "Moderator", support: "Support", member: "Member", viewer: "Viewer",
} as const;
export type Role = keyof typeof ROLES;

export const ROLE_HINTS: Record<Role, string> = {
  owner: "Everything, and hands the space on",
  manager: "Everything but the space itself",
  catalog_editor: "Edits all titles and copies, imports",
  editor: "Edits and publishes all articles",
  author: "Writes articles of their own",
  moderator: "Keeps notes and comments in order",
  support: "Sees members, changes nothing",
  member: "Adds titles and copies, edits their own",
  viewer: "Looks, rates and notes",
};

/** For values the server may add before this page knows them: `very_good` reads "Very good". */
export function humanise(value: string): string {
  const words = value.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What changed, for people: `is_hidden` reads "Hidden". */
export const fieldName = (field: string): string => humanise(field.replace(/^(is|has)_/, ""));

export function labelOf(labels: Readonly<Record<string, string>>, value: string): string {
  return labels[value] ?? humanise(value);
}

/** Features whose names are no words. */
const FLAGS: Readonly<Record<string, string>> = { "live.hdhomerun": "Network tuner (HDHomeRun)", "search.suggestions": "Suggestions while typing", "catalog.enrichment": "Details from outside" };

export const flagName = (name: string): string => FLAGS[name] ?? humanise(name.replace(/^.*\./, ""));
