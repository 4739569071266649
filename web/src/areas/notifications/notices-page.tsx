import { useInfiniteQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { itemsOf } from "@/lib/feed";
import { Button } from "@/ui/button";
import { FeedList } from "@/ui/feed-list";
import { Card, Page } from "@/ui/page";
import { Empty } from "@/ui/states";
import { noticesFeed, useSeen } from "./data";
import { NoticeRows } from "./notice-rows";

/** Everything somebody was told in this space. */
export function NoticesPage() {
  const feed = useInfiniteQuery(noticesFeed);
  const seen = useSeen();
  const notices = itemsOf(feed.data);
  return (
    <Page title="Notices" width="text" summary="What you asked to be told"
      actions={notices.some((one) => !one.read_at) ? <Button busy={seen.isPending} onClick={() => seen.mutate(null)}>Mark all read</Button> : null}>
      <FeedList feed={feed} more="Show earlier"
        empty={<Empty icon={<Bell size={22} aria-hidden />} title="No notices">Reminders arrive here, and so does news of programmes that moved.</Empty>}>
        {(notices) => <Card className="p-2"><NoticeRows notices={notices} onOpen={(one) => { if (!one.read_at) seen.mutate([one.id]); }} /></Card>}
      </FeedList>
    </Page>
  );
}
