import { notificationsListNotices, notificationsSeeNotices } from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey, useAction } from "@/lib/queries";

export const noticesFeed = feedOptions(feedKey("notificationsListNotices"), async (cursor, signal) =>
  (await notificationsListNotices({ query: cursor ? { cursor } : {}, signal })).data);

/** Notes that some notices were seen; null stands for all of them. */
export function useSeen() {
  return useAction({
    run: async (ids: string[] | null) => { await notificationsSeeNotices({ body: { ids } }); },
    touches: ["notifications"],
  });
}
