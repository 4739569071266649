import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Clapperboard, SearchX } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { itemsOf } from "@/lib/feed";
import { plural } from "@/lib/format";
import { withoutEmpty } from "@/lib/search-params";
import { useCan } from "@/lib/session";
import { Button, ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { worksFeed } from "../data";
import { countFilters, toBulkFilter, type WorksSearch } from "../filters";
import { FilterBar, ViewControls } from "./filter-bar";
import { GridSkeleton, PosterGrid } from "./poster-grid";

const WorksTable = lazy(() => import("./works-table").then(({ WorksTable }) => ({ default: WorksTable })));
const BulkBar = lazy(() => import("../bulk/bulk-bar").then(({ BulkBar }) => ({ default: BulkBar })));

interface WorksPageProps {
  search: WorksSearch;
  title: string;
  /** Said behind the number of works: "468 copies · 5 lent". */
  aside?: string | undefined;
}

/** The collection: as posters, where people choose, or as a table, where they work. */
export function WorksPage({ search, title, aside }: WorksPageProps) {
  const navigate = useNavigate();
  const feed = useInfiniteQuery({
    ...worksFeed(search),
    // After many changes the counts of a large space are of a moment ago; nobody who scrolls far waits for them.
    refetchInterval: ({ state: { data } }) => data?.pages[0]?.has_current_counts === false && data.pages.length <= 3 ? 2_000 : false,
  });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const works = itemsOf(feed.data);
  const first = feed.data?.pages[0];
  const total = first?.total ?? undefined;
  const change = (part: Partial<WorksSearch>): void => {
    const next = withoutEmpty({ ...search, ...part });
    setSelected(new Set());
    void navigate({ to: "/", search: next, replace: true, resetScroll: false });
  };
  const isBare = feed.isSuccess && works.length === 0 && countFilters(search) === 0;
  const more = feed.hasNextPage && !feed.isFetchingNextPage ? () => void feed.fetchNextPage() : undefined;
  return (
    <Page title={title} summary={total === undefined ? " " : [plural(total, "work"), aside].filter(Boolean).join(" · ")} actions={isBare ? null : <ViewControls search={search} onChange={change} />}>
      {isBare ? null : <FilterBar search={search} facets={first?.facets ?? undefined} onChange={change} />}
      {feed.isError ? <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} /> : null}
      {feed.isPending ? <GridSkeleton /> : null}
      {feed.isSuccess && works.length === 0 ? <NoWorks search={search} onClear={() => void navigate({ to: "/", search: {} })} /> : null}
      {works.length > 0 && search.view !== "table" ? <PosterGrid works={works} onEnd={more} /> : null}
      {works.length > 0 && search.view === "table" ? (
        <Suspense fallback={<SkeletonRows count={12} />}>
          <WorksTable works={works} onEnd={more} sort={search.sort ?? "title"} onSort={(sort) => change({ sort })} selected={selected} onSelect={setSelected} />
          <BulkBar selected={selected} total={total ?? works.length} filter={toBulkFilter(search)} onClear={() => setSelected(new Set())} />
        </Suspense>
      ) : null}
    </Page>
  );
}

function NoWorks({ search, onClear }: { search: WorksSearch; onClear: () => void }) {
  const can = useCan();
  if (countFilters(search) > 0) {
    return (
      <Empty icon={<SearchX size={22} aria-hidden />} title="No work fits all of these filters" actions={<Button look="primary" onClick={onClear}>Clear the filters</Button>}>
        Take one away, or search the whole collection with Ctrl-K.
      </Empty>
    );
  }
  return (
    <Empty
      icon={<Clapperboard size={22} aria-hidden />}
      title="The shelves are empty"
      actions={
        <>
          {can("exchange.import.create") ? <ButtonLink look="primary"><Link to="/imports/new">Import a collection</Link></ButtonLink> : null}
          {can("catalog.title.create") ? <ButtonLink><Link to="/titles/new">Add a work by hand</Link></ButtonLink> : null}
        </>
      }
    >
      Drop in the export of the program you used before, from Letterboxd or Goodreads to a plain table, and watch it arrive.
    </Empty>
  );
}
