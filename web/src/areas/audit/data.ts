import { queryOptions } from "@tanstack/react-query";
import { auditListEntries, type AuditListEntriesData, auditListHouseEntries, auditReadHouseSeal, auditReadRetention, auditReadSeal, type EntryRead } from "@/api";
import { asAdmin } from "@/lib/admin";
import { feedOptions } from "@/lib/feed";
import { startOfDay } from "@/lib/format";
import { feedKey } from "@/lib/queries";

export type Outcome = EntryRead["outcome"];
type Query = Omit<NonNullable<AuditListEntriesData["query"]>, "cursor" | "limit">;

export const OUTCOMES: Record<Outcome, string> = { succeeded: "Done", refused: "Refused", failed: "Failed" };
export const OUTCOME_TONES = { succeeded: "plain", refused: "warning", failed: "danger" } as const;

/** First words of actions, as people know them. */
export const AREAS: Record<string, string> = {
  accounts: "Accounts and sign-in", spaces: "Space, members and roles", catalog: "Works", library: "Copies and loans",
  exchange: "Imports", live: "Television", files: "Files", audit: "Audit", request: "Refused requests",
};

/** What the address of the page says. */
export interface AuditSearch {
  q?: string | undefined;
  actor?: string | undefined;
  area?: string | undefined;
  outcome?: Outcome | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export function queryOf(search: AuditSearch): Query {
  return {
    ...(search.q ? { q: search.q } : {}),
    ...(search.actor ? { actor: search.actor } : {}),
    ...(search.area ? { action: [search.area] } : {}),
    ...(search.outcome ? { outcome: [search.outcome] } : {}),
    ...(search.from ? { from: startOfDay(search.from) } : {}),
    ...(search.to ? { to: startOfDay(search.to, 1) } : {}),
  };
}

/** The same as the table to save. */
export function csvPath(search: AuditSearch): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(queryOf(search))) {
    for (const each of Array.isArray(value) ? value : [value]) params.append(name, String(each));
  }
  return `/api/v1/audit.csv?${params.toString()}`;
}

export function auditFeed(search: AuditSearch) {
  const query = queryOf(search);
  return feedOptions(feedKey("auditListEntries", query), async (cursor, signal) =>
    (await auditListEntries({ query: { ...query, ...(cursor ? { cursor } : {}) }, signal })).data);
}

/** What was done in no space: sign-ins, accounts, settings of the house. Through the second door only. */
export function houseAuditFeed(search: AuditSearch) {
  const query = queryOf(search);
  return feedOptions(feedKey("adminListHouseEntries", query), async (cursor, signal) =>
    (await asAdmin(auditListHouseEntries({ query: { ...query, ...(cursor ? { cursor } : {}) }, signal }))).data);
}

export const houseSealOptions = queryOptions({ queryKey: [{ _id: "adminReadHouseSeal" }], queryFn: async ({ signal }) => (await asAdmin(auditReadHouseSeal({ signal }))).data });
export const sealOptions = queryOptions({ queryKey: [{ _id: "auditReadSeal" }], queryFn: async ({ signal }) => (await auditReadSeal({ signal })).data });
export const retentionOptions = queryOptions({ queryKey: [{ _id: "auditReadRetention" }], queryFn: async ({ signal }) => (await auditReadRetention({ signal })).data });
