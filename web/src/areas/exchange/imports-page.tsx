import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download, PackageOpen, Upload } from "lucide-react";
import type { ImportRead } from "@/api";
import { messageOf } from "@/lib/errors";
import { formatAgo, formatNumber } from "@/lib/format";
import { download } from "@/lib/http";
import { notifyError } from "@/lib/notices";
import { useCan } from "@/lib/session";
import { Button, ButtonLink } from "@/ui/button";
import { FeedList } from "@/ui/feed-list";
import { Menu, MenuItem } from "@/ui/menu";
import { Card, Page } from "@/ui/page";
import { Badge, Empty, Progress, SkeletonRows } from "@/ui/states";
import { importOptions, importsFeed, isLive, nameOf, sourceLabel, sourcesOptions } from "./data";
import { share, StatusBadge } from "./meter";
import { useWatchedImport } from "./watch-import";

function save(path: string, name: string): void {
  download(path, name).catch((error: unknown) => notifyError(messageOf(error)));
}

export function ImportsPage() {
  const can = useCan();
  const feed = useInfiniteQuery(importsFeed);
  const start = can("exchange.import.create") ? <ButtonLink look="primary"><Link to="/imports/new"><Upload size={16} aria-hidden />Import</Link></ButtonLink> : null;
  return (
    <Page
      title="Imports"
      width="text"
      summary="What came in, and what can be taken out again"
      actions={
        <>
          {can("exchange.export.create") ? (
            <Menu trigger={<Button icon={<Download size={16} aria-hidden />}>Export</Button>}>
              <MenuItem onSelect={() => save("/api/v1/exports/library.csv", "library.csv")}>Everything as a table (CSV)</MenuItem>
              <MenuItem onSelect={() => save("/api/v1/exports/library.json", "library.json")}>Everything as JSON</MenuItem>
            </Menu>
          ) : null}
          {start}
        </>
      }
    >
      <FeedList feed={feed} waiting={<SkeletonRows className="h-18" />} more="Show earlier imports"
        empty={<Empty icon={<PackageOpen size={22} aria-hidden />} title="Nothing was imported yet" actions={start}>
          Bring your collection along: Letterboxd, IMDb, Goodreads, Trakt, Libib, CLZ, Delicious Library and others, or any table.
        </Empty>}>
        {(items) => <Card><ul className="divide-y divide-line">{items.map((item) => <Row key={item.id} item={item} />)}</ul></Card>}
      </FeedList>
    </Page>
  );
}

function Row({ item: listed }: { item: ImportRead }) {
  const sources = useQuery(sourcesOptions);
  const isOn = isLive(listed.status);
  const live = useQuery({ ...importOptions(listed.id), initialData: listed, enabled: isOn });
  const item = isOn ? live.data : listed;
  useWatchedImport(listed.id, listed.status);
  const { summary } = item;
  const parts = [
    [summary.created, "created"], [summary.updated, "updated"], [summary.skipped, "skipped"], [summary.needs_review, "to review"], [summary.failed, "failed"],
  ].filter(([count]) => Number(count) > 0).map(([count, word]) => `${formatNumber(Number(count))} ${word}`);
  return (
    <li>
      <Link to="/imports/$importId" params={{ importId: item.id }} className="flex flex-col gap-2 px-4 py-3 hover:bg-sunken/60">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 flex-1 basis-48 truncate font-medium">{nameOf(item)}</span>
          {item.dry_run ? <Badge>Dry run</Badge> : null}
          <StatusBadge status={item.status} />
        </span>
        <span className="text-xs text-quiet tabular">{[sourceLabel(sources.data, item.source), formatAgo(item.created_at), ...parts].join(" · ")}</span>
        {isLive(item.status) ? <Progress value={share(item.progress)} label={`Progress of ${nameOf(item)}`} /> : null}
      </Link>
    </li>
  );
}
