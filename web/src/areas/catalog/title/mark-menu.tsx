import { Bookmark, Check, CircleDot, X } from "lucide-react";
import { libraryRemoveMark, libraryMarkTitle, type MarkSet, type TitleRead } from "@/api";
import { formatShortDate, today } from "@/lib/format";
import type { Kind } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { Button } from "@/ui/button";
import { Menu, MenuItem, MenuLine } from "@/ui/menu";
import { patchTitle } from "./patch-title";

interface Verbs {
  wanted: string;
  started: string;
  finished: string;
}

const watch: Verbs = { wanted: "Want to watch", started: "Watching", finished: "Watched" };
const read: Verbs = { wanted: "Want to read", started: "Reading", finished: "Read" };
const VERBS: Record<Kind, Verbs> = {
  movie: watch,
  series: watch,
  book: read,
  comic: read,
  album: { wanted: "Want to hear", started: "Listening", finished: "Heard" },
  game: { wanted: "Want to play", started: "Playing", finished: "Played" },
  other: { wanted: "Wanted", started: "Started", finished: "Finished" },
};

const ICONS = { wanted: Bookmark, started: CircleDot, finished: Check } as const;

/** Where the person stands with the work: wanted, under way, done. */
export function MarkMenu({ title }: { title: TitleRead }) {
  const can = useCan();
  const verbs = VERBS[title.kind];
  const mark = useAction<MarkSet | null>({
    run: (next) => next === null
      ? libraryRemoveMark({ path: { title_id: title.id } })
      : libraryMarkTitle({ path: { title_id: title.id }, body: next }),
    touches: ["catalog"],
    ahead: (my_mark, client) => patchTitle(client, title.id, { my_mark: my_mark && { ...my_mark, finished_on: my_mark.finished_on ?? null } }),
  });
  if (!can("library.note.create")) return null;
  const current = title.my_mark;
  const Icon = current ? ICONS[current.status] : Bookmark;
  const label = current ? `${verbs[current.status]}${current.finished_on ? ` ${formatShortDate(current.finished_on)}` : ""}` : "Mark";
  return (
    <Menu align="start" trigger={<Button icon={<Icon size={16} className={current ? "text-accent" : undefined} aria-hidden />}>{label}</Button>}>
      <MenuItem icon={<Bookmark size={16} aria-hidden />} onSelect={() => mark.mutate({ status: "wanted" })}>{verbs.wanted}</MenuItem>
      <MenuItem icon={<CircleDot size={16} aria-hidden />} onSelect={() => mark.mutate({ status: "started" })}>{verbs.started}</MenuItem>
      <MenuItem icon={<Check size={16} aria-hidden />} onSelect={() => mark.mutate({ status: "finished", finished_on: today() })}>{verbs.finished} today</MenuItem>
      <MenuItem icon={<Check size={16} aria-hidden />} onSelect={() => mark.mutate({ status: "finished" })}>{verbs.finished}, some time ago</MenuItem>
      {current ? <><MenuLine /><MenuItem icon={<X size={16} aria-hidden />} onSelect={() => mark.mutate(null)}>Clear the mark</MenuItem></> : null}
    </Menu>
  );
}
