import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { startOfDay } from "@/lib/format";
import { withoutEmpty } from "@/lib/search-params";
import { FeedList } from "@/ui/feed-list";
import { Field, Input, Select } from "@/ui/field";
import { Card, Page } from "@/ui/page";
import { Empty, SkeletonRows } from "@/ui/states";
import { type ActivityQuery, activityFeed } from "./data";
import { ActivityList } from "./entries";

const KINDS = [
  { value: "catalog", label: "Works" }, { value: "library", label: "Copies and loans" }, { value: "exchange", label: "Imports" }, { value: "spaces", label: "Members and space" },
];

export interface ActivitySearch {
  kind?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export function ActivityPage({ search }: { search: ActivitySearch }) {
  const navigate = useNavigate();
  const query: ActivityQuery = {
    ...(search.kind ? { kind: [search.kind] } : {}),
    ...(search.from ? { from: startOfDay(search.from) } : {}),
    ...(search.to ? { to: startOfDay(search.to, 1) } : {}),
  };
  const feed = useInfiniteQuery(activityFeed(query));
  const change = (part: ActivitySearch): void => {
    void navigate({ to: "/activity", search: withoutEmpty({ ...search, ...part }), replace: true });
  };
  return (
    <Page title="Activity" width="text" summary="Who did what in this space, and what it changed">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="About" className="w-48"><Select value={search.kind ?? ""} blank="Everything" options={KINDS} onValue={(kind) => change({ kind })} /></Field>
        <Field label="From" className="w-40"><Input type="date" value={search.from ?? ""} onChange={(event) => change({ from: event.target.value })} /></Field>
        <Field label="To" className="w-40"><Input type="date" value={search.to ?? ""} onChange={(event) => change({ to: event.target.value })} /></Field>
      </div>
      <FeedList feed={feed} waiting={<SkeletonRows count={8} />} more="Show earlier"
        empty={<Empty icon={<ScrollText size={22} aria-hidden />} title="Nothing happened here">Choose another time or another subject.</Empty>}>
        {(entries) => <Card className="px-4"><ActivityList entries={entries} /></Card>}
      </FeedList>
    </Page>
  );
}
