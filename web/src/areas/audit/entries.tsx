import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import type { EntryRead } from "@/api";
import { FeedList } from "@/ui/feed-list";
import { Empty, SkeletonRows } from "@/ui/states";
import type { AuditSearch } from "./data";
import { EntryPanel } from "./entry-panel";
import { EntryTable } from "./table";

interface EntriesProps {
  feed: UseInfiniteQueryResult<InfiniteData<{ items: EntryRead[] }>>;
  /** Looks for more of the kind of an entry. */
  onFilter: (part: AuditSearch) => void;
}

/** The entries of a journal, the newest first; each opens with all that is known of it. */
export function Entries({ feed, onFilter }: EntriesProps) {
  const [open, setOpen] = useState<EntryRead | null>(null);
  return (
    <>
      <FeedList feed={feed} more="Show earlier" waiting={<SkeletonRows count={10} className="h-10" />}
        empty={<Empty icon={<ScrollText size={22} aria-hidden />} title="Nothing found">Search for another word, or take a filter away.</Empty>}>
        {(entries) => <EntryTable entries={entries} onOpen={setOpen} />}
      </FeedList>
      {open ? <EntryPanel entry={open} onClose={() => setOpen(null)} onFilter={(part) => { setOpen(null); onFilter(part); }} /> : null}
    </>
  );
}
