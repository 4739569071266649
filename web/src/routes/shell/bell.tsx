import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Bell as BellIcon } from "lucide-react";
import { Popover } from "radix-ui";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { notificationsListNotices } from "@/api";
import { plural } from "@/lib/format";
import { notify } from "@/lib/notices";
import { IconButton } from "@/ui/button";
import { SkeletonRows } from "@/ui/states";
import { unreadOptions } from "./places";

const load = () => import("@/areas/notifications/bell-list");
const BellList = lazy(async () => ({ default: (await load()).BellList }));
const MOST = 99;

/** Says aloud what came since the page was opened, with a way to it. */
function useNews(unread: number | undefined): void {
  const router = useRouter();
  const client = useQueryClient();
  const known = useRef<number | undefined>(undefined);
  useEffect(() => {
    const before = known.current;
    known.current = unread;
    if (before === undefined || unread === undefined || unread <= before) return;
    void notificationsListNotices({ query: { is_unread: true, limit: 1 } }).then(({ data: { items: [newest] } }) => {
      if (!newest) return;
      const { url } = newest;
      notify([newest.title, newest.body].filter(Boolean).join(" · "), url ? { label: "Show", run: () => router.history.push(url) } : undefined);
    }).catch(() => undefined); // The bell shows it all the same.
    void client.invalidateQueries({ predicate: ({ queryKey: [head] }) => typeof head === "object" && head !== null && "_id" in head && head._id === "notificationsListNotices" });
  }, [unread, router, client]);
}

/** What the person asked to be told: how much waits, and under it the newest. */
export function Bell() {
  const [isOpen, setOpen] = useState(false);
  const { data: unread } = useQuery(unreadOptions);
  useNews(unread);
  const label = unread ? `Notices, ${plural(unread, "unread", "unread")}` : "Notices";
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton label={label} className="relative" onPointerEnter={() => void load()}>
          <BellIcon size={20} aria-hidden />
          {unread ? <span aria-hidden className="absolute top-0.5 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-accent px-1 text-xs leading-none font-semibold text-on-accent tabular">{unread > MOST ? `${MOST}+` : unread}</span> : null}
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content aria-label="Notices" align="end" sideOffset={6} collisionPadding={12} className="z-50 max-h-[min(32rem,80dvh)] w-96 max-w-[calc(100vw-24px)] overflow-y-auto rounded-lg border border-line bg-raised p-2 text-sm shadow-raised animate-rise">
          <Suspense fallback={<SkeletonRows count={3} />}><BellList onGo={() => setOpen(false)} /></Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
