import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Download, ScrollText } from "lucide-react";
import { useState } from "react";
import type { EntryRead } from "@/api";
import { today } from "@/lib/format";
import { download } from "@/lib/http";
import { useAction } from "@/lib/queries";
import { withoutEmpty } from "@/lib/search-params";
import { useCan } from "@/lib/session";
import { Button } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { auditFeed, type AuditSearch, csvPath } from "./data";
import { EntryPanel } from "./entry-panel";
import { AuditFilters } from "./filters";
import { RetentionDialog } from "./retention-dialog";
import { SealLine } from "./seal-line";
import { EntryTable } from "./table";

/** Who did, or tried, what: everything, told as it stands in the journal. */
export function AuditPage({ search }: { search: AuditSearch }) {
  const navigate = useNavigate();
  const can = useCan();
  const [open, setOpen] = useState<EntryRead | null>(null);
  const [isKeeping, setKeeping] = useState(false);
  const feed = useInfiniteQuery(auditFeed(search));
  const entries = feed.data?.pages.flatMap((page) => page.items) ?? [];
  const save = useAction({ run: () => download(csvPath(search), `audit-${today()}.csv`), touches: [] });
  const change = (part: AuditSearch): void => void navigate({ to: "/audit", search: withoutEmpty({ ...search, ...part }), replace: true });
  return (
    <Page
      title="Audit"
      summary="Everything that was done or refused in this space, and whether somebody tampered with it"
      actions={
        <>
          {can("audit.retention.edit") ? <Button onClick={() => setKeeping(true)}>How long it is kept</Button> : null}
          <Button icon={<Download size={16} aria-hidden />} busy={save.isPending} onClick={() => save.mutate()}>CSV</Button>
        </>
      }
    >
      <AuditFilters search={search} onChange={change} />
      <SealLine />
      {feed.isPending ? <SkeletonRows count={10} className="h-10" /> : null}
      {feed.isError ? <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} /> : null}
      {feed.isSuccess && entries.length === 0 ? <Empty icon={<ScrollText size={22} aria-hidden />} title="Nothing found">Search for another word, or take a filter away.</Empty> : null}
      {entries.length > 0 ? <EntryTable entries={entries} onOpen={setOpen} /> : null}
      {feed.hasNextPage ? <div><Button busy={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>Show earlier</Button></div> : null}
      {open ? <EntryPanel entry={open} onClose={() => setOpen(null)} onFilter={(part) => { setOpen(null); change(part); }} /> : null}
      {isKeeping ? <RetentionDialog onClose={() => setKeeping(false)} /> : null}
    </Page>
  );
}
