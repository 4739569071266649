import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Handshake, Undo2 } from "lucide-react";
import type { LoanRead } from "@/api";
import { formatShortDate, plural } from "@/lib/format";
import { useCan } from "@/lib/session";
import { Button } from "@/ui/button";
import { ToggleChip } from "@/ui/chip";
import { FeedList } from "@/ui/feed-list";
import { Card, Page } from "@/ui/page";
import { Thumb } from "@/ui/poster/poster";
import { Badge, Empty, SkeletonRows } from "@/ui/states";
import { type LoanState, loansFeed, loanStatisticsOptions } from "./data";
import { useReturn } from "./return-loan";

const STATES: Record<LoanState, string> = { open: "Out", overdue: "Overdue", returned: "Back", all: "All" };
export const LOAN_STATES = Object.keys(STATES) as LoanState[];

const NOTHING: Record<LoanState, string> = {
  open: "Nothing is lent", overdue: "Nothing is overdue", returned: "Nothing came back yet", all: "Nothing was ever lent",
};

export function LoansPage({ state }: { state: LoanState }) {
  const navigate = useNavigate();
  const feed = useInfiniteQuery(loansFeed(state));
  const counts = useQuery(loanStatisticsOptions);
  return (
    <Page title="Loans" width="text" summary={counts.data ? [`${counts.data.open} out`, counts.data.overdue > 0 ? `${counts.data.overdue} overdue` : null, plural(counts.data.total, "loan") + " ever"].filter(Boolean).join(" · ") : " "}>
      <div role="group" aria-label="Which loans" className="flex flex-wrap gap-2">
        {LOAN_STATES.map((each) => <ToggleChip key={each} on={each === state} onClick={() => void navigate({ to: "/loans", search: each === "open" ? {} : { state: each } })}>{STATES[each]}</ToggleChip>)}
      </div>
      <FeedList feed={feed} waiting={<SkeletonRows className="h-16" />}
        empty={<Empty icon={<Handshake size={22} aria-hidden />} title={NOTHING[state]}>Open a work that you own and choose “Lend”.</Empty>}>
        {(loans) => <Card><ul className="divide-y divide-line">{loans.map((loan) => <Row key={loan.id} loan={loan} />)}</ul></Card>}
      </FeedList>
    </Page>
  );
}

function Row({ loan }: { loan: LoanRead }) {
  const can = useCan();
  const giveBack = useReturn();
  const isOut = loan.returned_on === null;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      {loan.title ? <Thumb work={loan.title} /> : null}
      <div className="min-w-0 flex-1 basis-44">
        {loan.title ? <Link to="/titles/$titleId" params={{ titleId: loan.title.slug }} className="font-medium hover:underline">{loan.title.title}</Link> : null}
        <p className="text-quiet">{loan.borrower}{loan.note ? ` · ${loan.note}` : ""}</p>
        <p className="text-xs text-quiet tabular">{loan.lent_on ? `since ${formatShortDate(loan.lent_on)}` : "lent some time ago"}{loan.returned_on ? `, back ${formatShortDate(loan.returned_on)}` : ""}</p>
      </div>
      <div className="flex items-center justify-between gap-4 max-sm:basis-full max-sm:pl-13">
        {isOut && loan.due_on ? <Badge tone={loan.is_overdue ? "danger" : "plain"}>{loan.is_overdue ? "was due" : "due"} {formatShortDate(loan.due_on)}</Badge> : null}
        {isOut && can("library.copy.lend") ? <Button size="s" className="ml-auto" icon={<Undo2 size={14} aria-hidden />} busy={giveBack.isPending} onClick={() => giveBack.mutate(loan.id)}>Take back</Button> : null}
      </div>
    </li>
  );
}
