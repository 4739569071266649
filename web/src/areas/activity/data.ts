import { activityListActivity, type ActivityListActivityData, catalogListTitleHistory } from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey } from "@/lib/queries";

export type ActivityQuery = NonNullable<ActivityListActivityData["query"]>;

export function activityFeed(query: ActivityQuery) {
  return feedOptions(feedKey("activityListActivity", query), async (cursor, signal) =>
    (await activityListActivity({ query: { ...query, ...(cursor ? { cursor } : {}) }, signal })).data);
}

export function historyFeed(titleId: string) {
  return feedOptions(feedKey("catalogListTitleHistory", { titleId }), async (cursor, signal) =>
    (await catalogListTitleHistory({ path: { title_id: titleId }, query: cursor ? { cursor } : {}, signal })).data);
}
