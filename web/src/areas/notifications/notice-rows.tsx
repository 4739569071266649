import { Link } from "@tanstack/react-router";
import { Bell, CalendarX, Clock, type LucideIcon, MoveRight } from "lucide-react";
import type { NoticeRead } from "@/api";
import { formatAgo } from "@/lib/format";
import { parseSearch } from "@/lib/search-params";
import { cn } from "@/ui/cn";

const ICONS: Record<string, LucideIcon> = { "live.reminder": Clock, "live.reminder_moved": MoveRight, "live.reminder_gone": CalendarX };

/** What somebody was told, the newest first; a row leads to what it is about. */
export function NoticeRows({ notices, onOpen }: { notices: readonly NoticeRead[]; onOpen: (notice: NoticeRead) => void }) {
  return (
    <ul className="divide-y divide-line">
      {notices.map((one) => {
        const Icon = ICONS[one.kind] ?? Bell;
        const [path = "/", query = ""] = (one.url ?? "").split("?");
        const words = (
          <>
            <span className={cn("grid size-9 shrink-0 place-items-center rounded-full", one.read_at ? "bg-sunken text-quiet" : "bg-accent-soft text-accent")}><Icon size={16} aria-hidden /></span>
            <span className="min-w-0 flex-1">
              <span className={cn("block", one.read_at ? "text-quiet" : "font-medium")}>{one.title}</span>
              <span className="block text-xs text-quiet">{one.body ? `${one.body} · ` : ""}<time dateTime={one.created_at}>{formatAgo(one.created_at)}</time></span>
            </span>
            {one.read_at ? null : <span className="size-2 shrink-0 rounded-full bg-accent"><span className="sr-only">Unread</span></span>}
          </>
        );
        const look = "flex w-full items-center gap-3 rounded-sm px-2 py-2.5 text-left hover:bg-sunken";
        return (
          <li key={one.id}>
            {one.url
              ? <Link to={path} search={parseSearch(query)} onClick={() => onOpen(one)} className={look}>{words}</Link>
              : <button type="button" onClick={() => onOpen(one)} className={look}>{words}</button>}
          </li>
        );
      })}
    </ul>
  );
}
