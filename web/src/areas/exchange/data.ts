import { queryOptions } from "@tanstack/react-query";
import {
  exchangeCountReview, exchangeGetImport, exchangeListRows, exchangeListImports, exchangeListReview, exchangeListSources, libraryListLibraries, libraryReadTitle, type ImportRead, type RowRead, type SourceRead,
} from "@/api";
import { feedOptions } from "@/lib/feed";
import { humanise } from "@/lib/labels";
import { feedKey } from "@/lib/queries";

export type ImportStatus = ImportRead["status"];
export type Outcome = RowRead["outcome"];

export const OUTCOMES: Record<Outcome, string> = {
  created: "Created", updated: "Updated", removed: "Removed", skipped: "Skipped", needs_review: "Needs review", failed: "Failed",
};

export const STATUS_LABELS: Record<ImportStatus, string> = {
  queued: "Waiting", running: "Running", paused: "Paused", failed: "Failed", succeeded: "Done", cancelled: "Cancelled",
  needs_mapping: "Needs columns", undoing: "Being undone", undone: "Undone",
};

export const MODES = {
  add: { label: "Add what is new", hint: "Works that are there already stay as they are." },
  fill: { label: "Fill empty fields", hint: "Adds what is new and completes what has gaps." },
  overwrite: { label: "Overwrite", hint: "The file wins, but not over what people edited by hand since." },
} as const;
export type Mode = keyof typeof MODES;

/** Still on its way: worth listening to. */
export const isLive = (status: ImportStatus): boolean => ["queued", "running", "paused", "undoing"].includes(status);

export const sourcesOptions = queryOptions({
  queryKey: [{ _id: "exchangeListSources" }],
  queryFn: async ({ signal }) => (await exchangeListSources({ signal })).data.items,
  staleTime: Infinity,
});

export const librariesOptions = queryOptions({
  queryKey: [{ _id: "libraryListLibraries" }],
  queryFn: async ({ signal }) => (await libraryListLibraries({ signal })).data.items,
});

/** What a source calls itself; an unknown table has no source, only a mapping. */
export function sourceLabel(sources: readonly SourceRead[] | undefined, name: string): string {
  if (name === "mapped") return "A table";
  return sources?.find((source) => source.name === name)?.label ?? humanise(name);
}

export const nameOf = (item: ImportRead): string => item.filename || "Pasted lines";

export const importsFeed = feedOptions(feedKey("exchangeListImports"), async (cursor, signal) =>
  (await exchangeListImports({ query: cursor ? { cursor } : {}, signal })).data);

export function importOptions(id: string) {
  return queryOptions({
    queryKey: [{ _id: "exchangeGetImport", id }],
    queryFn: async ({ signal }) => (await exchangeGetImport({ path: { import_id: id }, signal })).data,
  });
}

export function rowsFeed(id: string, outcome: Outcome | undefined) {
  return feedOptions(feedKey("exchangeListRows", { id, outcome }), async (cursor, signal) =>
    (await exchangeListRows({ path: { import_id: id }, query: { ...(outcome ? { outcome } : {}), ...(cursor ? { cursor } : {}), limit: 100 }, signal })).data);
}

export const reviewCountOptions = queryOptions({
  queryKey: [{ _id: "exchangeCountReview" }],
  queryFn: async ({ signal }) => (await exchangeCountReview({ signal })).data.open,
});

export function candidateOptions(titleId: string) {
  return queryOptions({
    queryKey: [{ _id: "catalogGetTitle", id: titleId }],
    queryFn: async ({ signal }) => (await libraryReadTitle({ path: { key: titleId }, signal })).data,
    staleTime: 60_000,
  });
}

export function reviewFeed(importId: string | undefined) {
  return feedOptions(feedKey("exchangeListReview", { importId }), async (cursor, signal) =>
    (await exchangeListReview({ query: { ...(importId ? { import: importId } : {}), ...(cursor ? { cursor } : {}) }, signal })).data);
}
