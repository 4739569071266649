import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import type { EntryRead } from "@/api";
import { withoutEmpty } from "@/lib/search-params";
import { Button } from "@/ui/button";
import { Section } from "@/ui/page";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { type AuditSearch, houseAuditFeed, houseSealOptions } from "./data";
import { EntryPanel } from "./entry-panel";
import { AuditFilters } from "./filters";
import { SealFacts } from "./seal-line";
import { EntryTable } from "./table";

/** Who did, or tried, what outside of all spaces. Stands behind the second door. */
export function HouseAudit({ search }: { search: AuditSearch }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<EntryRead | null>(null);
  const seal = useQuery(houseSealOptions);
  const feed = useInfiniteQuery(houseAuditFeed(search));
  const entries = feed.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (part: AuditSearch): void => void navigate({ to: "/desk/audit", search: withoutEmpty({ ...search, ...part }), replace: true });
  return (
    <Section title="Audit of the house">
      <p className="text-quiet">Sign-ins, accounts and what belongs to no space. Each space has an audit of its own.</p>
      <AuditFilters isHouse search={search} onChange={change} />
      {seal.data ? <SealFacts seal={seal.data} /> : null}
      {feed.isPending ? <SkeletonRows count={10} className="h-10" /> : null}
      {feed.isError ? <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} /> : null}
      {feed.isSuccess && entries.length === 0 ? <Empty icon={<ScrollText size={22} aria-hidden />} title="Nothing found">Search for another word, or take a filter away.</Empty> : null}
      {entries.length > 0 ? <EntryTable entries={entries} onOpen={setOpen} /> : null}
      {feed.hasNextPage ? <div><Button busy={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>Show earlier</Button></div> : null}
      {open ? <EntryPanel entry={open} onClose={() => setOpen(null)} onFilter={(part) => { setOpen(null); change(part); }} /> : null}
    </Section>
  );
}
