import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { withoutEmpty } from "@/lib/search-params";
import { Section } from "@/ui/page";
import { type AuditSearch, houseAuditFeed, houseSealOptions } from "./data";
import { Entries } from "./entries";
import { AuditFilters } from "./filters";
import { SealFacts } from "./seal-line";

/** Who did, or tried, what outside of all spaces. Stands behind the second door. */
export function HouseAudit({ search }: { search: AuditSearch }) {
  const navigate = useNavigate();
  const seal = useQuery(houseSealOptions);
  const feed = useInfiniteQuery(houseAuditFeed(search));
  const change = (part: AuditSearch): void => void navigate({ to: "/desk/audit", search: withoutEmpty({ ...search, ...part }), replace: true });
  return (
    <Section title="Audit of the house">
      <p className="text-quiet">Sign-ins, accounts and what belongs to no space. Each space has an audit of its own.</p>
      <AuditFilters isHouse search={search} onChange={change} />
      {seal.data ? <SealFacts seal={seal.data} /> : null}
      <Entries feed={feed} onFilter={change} />
    </Section>
  );
}
