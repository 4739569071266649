import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bookmark, Check, CircleDot, Ellipsis, Link2Off, Search } from "lucide-react";
import { useState } from "react";
import { liveMatchProgramme, liveUnmatchProgramme, type ProgrammeRead, type TitleRead } from "@/api";
import { formatDate } from "@/lib/format";
import { KINDS } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { Button, IconButton } from "@/ui/button";
import { Menu, MenuItem } from "@/ui/menu";
import { Poster } from "@/ui/poster/poster";
import { Stars } from "@/ui/stars";
import { Skeleton } from "@/ui/states";
import { workOptions } from "./data";
import { MatchDialog } from "./match-dialog";

const MARKS = {
  wanted: { Icon: Bookmark, words: "You want to see it" },
  started: { Icon: CircleDot, words: "You have begun it" },
  finished: { Icon: Check, words: "You have seen it" },
} as const;

function MyState({ work }: { work: TitleRead }) {
  const mark = work.my_mark ? MARKS[work.my_mark.status] : null;
  if (!mark && work.my_rating === null) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
      {mark ? <span className="inline-flex items-center gap-1.5"><mark.Icon size={14} className="text-accent" aria-hidden />{mark.words}{work.my_mark?.finished_on ? `, ${formatDate(work.my_mark.finished_on)}` : ""}</span> : null}
      {work.my_rating === null ? null : <Stars value={work.my_rating} />}
    </p>
  );
}

/** The work of the library that a programme is, with its art and where one stands with it; corrected by hand. */
export function ProgrammeWork({ programme }: { programme: ProgrammeRead }) {
  const can = useCan();
  const mayDecide = can("live.schedule.edit");
  const [isChoosing, setChoosing] = useState(false);
  const slug = programme.title_slug;
  const found = useQuery({ ...workOptions(slug ?? ""), enabled: slug !== null });
  const again = useAction({ run: async (work: string) => { await liveMatchProgramme({ path: { programme_id: programme.id }, body: { title_id: work } }); }, touches: ["live"] });
  const unmatch = useAction({
    run: async () => { await liveUnmatchProgramme({ path: { programme_id: programme.id } }); return programme.title_id; },
    touches: ["live"], done: "Noted: it is another work, or none",
    undo: (work) => (work ? { label: "Undo", run: () => again.mutate(work) } : undefined),
  });
  const chooser = isChoosing ? <MatchDialog programme={programme} onClose={() => setChoosing(false)} /> : null;
  if (!slug) {
    return mayDecide ? <><div><Button size="s" icon={<Search size={14} aria-hidden />} onClick={() => setChoosing(true)}>Say which work it is</Button></div>{chooser}</> : null;
  }
  const work = found.data;
  if (found.isError) return null; // The guide says all it knows; the work may not be for this person.
  return (
    <section aria-label="In the library" className="flex items-start gap-4 rounded-lg border border-line bg-surface p-3">
      {work ? <Link to="/titles/$titleId" params={{ titleId: slug }} tabIndex={-1} aria-hidden className="w-20 shrink-0"><Poster work={work} sizes="80px" /></Link> : <Skeleton className="h-30 w-20 shrink-0" />}
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className="text-xs text-quiet">In the library</p>
        <Link to="/titles/$titleId" params={{ titleId: slug }} className="font-serif text-base font-semibold hover:underline">{work?.title ?? programme.title_name}</Link>
        {work ? <p className="text-xs text-quiet tabular">{[KINDS[work.kind], work.year].filter(Boolean).join(" · ")}</p> : null}
        {work ? <MyState work={work} /> : null}
        {mayDecide && programme.match_how === "auto" ? <p className="text-xs text-quiet tabular">Found by itself{programme.match_score === null ? "" : `, ${programme.match_score} of 100 sure`}</p> : null}
      </div>
      {mayDecide ? (
        <Menu trigger={<IconButton label="Correct the work" size="s"><Ellipsis size={16} aria-hidden /></IconButton>}>
          <MenuItem icon={<Search size={16} aria-hidden />} onSelect={() => setChoosing(true)}>Choose another work</MenuItem>
          <MenuItem icon={<Link2Off size={16} aria-hidden />} onSelect={() => unmatch.mutate()}>It is not this work</MenuItem>
        </Menu>
      ) : null}
      {chooser}
    </section>
  );
}
