import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { today } from "@/lib/format";
import { download } from "@/lib/http";
import { useAction } from "@/lib/queries";
import { withoutEmpty } from "@/lib/search-params";
import { useCan } from "@/lib/session";
import { Button, ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";
import { auditFeed, type AuditSearch, csvPath } from "./data";
import { Entries } from "./entries";
import { AuditFilters } from "./filters";
import { SealLine } from "./seal-line";

/** Who did, or tried, what: everything, told as it stands in the journal. */
export function AuditPage({ search }: { search: AuditSearch }) {
  const navigate = useNavigate();
  const can = useCan();
  const feed = useInfiniteQuery(auditFeed(search));
  const save = useAction({ run: () => download(csvPath(search), `audit-${today()}.csv`), touches: [] });
  const change = (part: AuditSearch): void => void navigate({ to: "/audit", search: withoutEmpty({ ...search, ...part }), replace: true });
  return (
    <Page
      title="Audit"
      summary="Everything that was done or refused in this space, and whether somebody tampered with it"
      actions={
        <>
          {can("audit.retention.edit") ? <ButtonLink><Link to="/space/keeping">How long it is kept</Link></ButtonLink> : null}
          <Button icon={<Download size={16} aria-hidden />} busy={save.isPending} onClick={() => save.mutate()}>CSV</Button>
        </>
      }
    >
      <AuditFilters search={search} onChange={change} />
      <SealLine />
      <Entries feed={feed} onFilter={change} />
    </Page>
  );
}
