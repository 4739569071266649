import { useInfiniteQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { Button } from "@/ui/button";
import { Card, Page } from "@/ui/page";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { noticesFeed, useSeen } from "./data";
import { NoticeRows } from "./notice-rows";

/** Everything somebody was told in this space. */
export function NoticesPage() {
  const feed = useInfiniteQuery(noticesFeed);
  const seen = useSeen();
  const notices = feed.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="Notices" width="text" summary="What you asked to be told"
      actions={notices.some((one) => !one.read_at) ? <Button busy={seen.isPending} onClick={() => seen.mutate(null)}>Mark all read</Button> : null}>
      {feed.isPending ? <SkeletonRows /> : null}
      {feed.isError ? <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} /> : null}
      {feed.isSuccess && notices.length === 0 ? <Empty icon={<Bell size={22} aria-hidden />} title="No notices">Reminders arrive here, and so does news of programmes that moved.</Empty> : null}
      {notices.length > 0 ? <Card className="p-2"><NoticeRows notices={notices} onOpen={(one) => { if (!one.read_at) seen.mutate([one.id]); }} /></Card> : null}
      {feed.hasNextPage ? <div><Button busy={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>Show earlier</Button></div> : null}
    </Page>
  );
}
