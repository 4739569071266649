import { auditListActivity, type AuditListActivityData, catalogListHistory } from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey } from "@/lib/queries";

export type ActivityQuery = NonNullable<AuditListActivityData["query"]>;

export function activityFeed(query: ActivityQuery) {
  return feedOptions(feedKey("activityListActivity", query), async (cursor, signal) =>
    (await auditListActivity({ query: { ...query, ...(cursor ? { cursor } : {}) }, signal })).data);
}

export function historyFeed(titleId: string) {
  return feedOptions(feedKey("catalogListTitleHistory", { titleId }), async (cursor, signal) =>
    (await catalogListHistory({ path: { key: titleId }, query: cursor ? { cursor } : {}, signal })).data);
}
