import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "@/ui/button";
import { ErrorNote, SkeletonRows } from "@/ui/states";
import { noticesFeed, useSeen } from "./data";
import { NoticeRows } from "./notice-rows";

const SHOWN = 6;

/** The newest notices, under the bell. */
export function BellList({ onGo }: { onGo: () => void }) {
  const feed = useInfiniteQuery({ ...noticesFeed, staleTime: 0 });
  const seen = useSeen();
  const notices = feed.data?.pages[0]?.items ?? [];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex min-h-8 items-center gap-3 px-2">
        <h2 className="flex-1 font-serif text-base font-semibold">Notices</h2>
        {notices.some((one) => !one.read_at) ? <Button size="s" look="quiet" busy={seen.isPending} onClick={() => seen.mutate(null)}>Mark all read</Button> : null}
      </div>
      {feed.isPending ? <SkeletonRows count={3} /> : null}
      {feed.isError ? <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} /> : null}
      {feed.isSuccess && notices.length === 0 ? <p className="px-2 pb-3 text-quiet">Nothing yet. Reminders of programmes arrive here.</p> : null}
      {notices.length > 0 ? (
        <>
          <NoticeRows notices={notices.slice(0, SHOWN)} onOpen={(one) => { if (!one.read_at) seen.mutate([one.id]); onGo(); }} />
          <Link to="/notices" onClick={onGo} className="rounded-sm px-2 py-2 text-center font-medium text-accent hover:bg-accent-soft">All notices</Link>
        </>
      ) : null}
    </div>
  );
}
