import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { BookCopy } from "lucide-react";
import type { CopyRead } from "@/api";
import { itemsOf } from "@/lib/feed";
import { formatMoney, formatShortDate, plural } from "@/lib/format";
import { CONDITIONS, FORMATS, type Format, labelOf } from "@/lib/labels";
import { withoutEmpty } from "@/lib/search-params";
import { useWindowed } from "@/lib/windowed";
import { Button } from "@/ui/button";
import { ToggleChip } from "@/ui/chip";
import { optionsOf, Select } from "@/ui/field";
import { Page } from "@/ui/page";
import { Thumb } from "@/ui/poster/poster";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { rowClass, TableFrame, Td, Th } from "@/ui/table";
import { type CopiesSearch, toCopiesQuery } from "./copies-search";
import { copiesFeed, librariesOptions, statisticsOptions } from "./data";
import { LoanBadge } from "./loan-badge";

const ROW = 61;

/** Everything that is owned, one line a copy. */
export function CopiesPage({ search }: { search: CopiesSearch }) {
  const navigate = useNavigate();
  const libraries = useQuery(librariesOptions);
  const feed = useInfiniteQuery(copiesFeed(toCopiesQuery(search)));
  const copies = itemsOf(feed.data);
  const counts = useQuery(statisticsOptions);
  const { copies: total, on_loan: lent } = counts.data ?? {};
  const change = (part: Partial<CopiesSearch>): void => {
    const next = withoutEmpty({ ...search, ...part });
    void navigate({ to: "/copies", search: next, replace: true, resetScroll: false });
  };
  const isFiltered = Object.keys(search).length > 0;
  const more = feed.hasNextPage && !feed.isFetchingNextPage ? () => void feed.fetchNextPage() : undefined;
  return (
    <Page title="Copies" summary={total === undefined ? " " : [plural(total, "copy", "copies"), lent ? `${lent} lent` : null].filter(Boolean).join(" · ")}>
      <div className="flex flex-wrap items-center gap-2">
        {(libraries.data ?? []).length > 1 ? (
          <Select aria-label="Library" className="w-auto max-w-56" value={search.library?.[0] ?? ""} blank="All libraries" options={(libraries.data ?? []).map(({ slug, name }) => ({ value: slug, label: name }))} onValue={(library) => change({ library: library ? [library] : undefined })} />
        ) : null}
        <Select aria-label="Format" className="w-auto" value={search.format?.[0] ?? ""} blank="All formats" options={optionsOf(FORMATS)} onValue={(format) => change({ format: format ? [format as Format] : undefined })} />
        <ToggleChip on={search.on_loan === "yes"} onClick={() => change({ on_loan: search.on_loan === "yes" ? undefined : "yes" })}>Lent</ToggleChip>
        <ToggleChip on={search.on_loan === "no"} onClick={() => change({ on_loan: search.on_loan === "no" ? undefined : "no" })}>At home</ToggleChip>
      </div>
      {feed.isPending ? <SkeletonRows count={10} /> : null}
      {feed.isError ? <ErrorNote error={feed.error} onRetry={() => void feed.refetch()} /> : null}
      {feed.isSuccess && copies.length === 0 ? (
        isFiltered
          ? <Empty icon={<BookCopy size={22} aria-hidden />} title="No copy fits" actions={<Button onClick={() => void navigate({ to: "/copies", search: {} })}>Show all copies</Button>} />
          : <Empty icon={<BookCopy size={22} aria-hidden />} title="No copies yet">Open a work and say that you own it, or import a collection.</Empty>
      ) : null}
      {copies.length > 0 ? <CopiesTable copies={copies} onEnd={more} /> : null}
    </Page>
  );
}

function CopiesTable({ copies, onEnd }: { copies: readonly CopyRead[]; onEnd: (() => void) | undefined }) {
  const { box, shown, before, after } = useWindowed<HTMLTableSectionElement>(copies.length, ROW, onEnd);
  return (
    <TableFrame label="Copies">
      <thead>
        <tr><Th>Work</Th><Th>Format</Th><Th className="hidden sm:table-cell">Where</Th><Th className="hidden lg:table-cell">Condition</Th><Th className="hidden xl:table-cell">Bought</Th><Th className="hidden text-right xl:table-cell">Price</Th><Th className="hidden md:table-cell">Loan</Th></tr>
      </thead>
      <tbody ref={box}>
        {before > 0 ? <tr aria-hidden><td style={{ height: before }} /></tr> : null}
        {shown.map((index) => {
          const copy = copies[index];
          return copy ? <CopyLine key={copy.id} copy={copy} /> : null;
        })}
        {after > 0 ? <tr aria-hidden><td style={{ height: after }} /></tr> : null}
      </tbody>
    </TableFrame>
  );
}

function CopyLine({ copy }: { copy: CopyRead }) {
  return (
    <tr className={rowClass} style={{ height: ROW }}>
      <Td className="max-w-0 min-w-44 sm:w-2/5">
        <Link to="/titles/$titleId" params={{ titleId: copy.title.slug }} className="flex items-center gap-3 font-medium hover:underline">
          <Thumb work={copy.title} />
          <span className="min-w-0"><span className="block truncate">{copy.title.title}</span>{copy.title.year ? <span className="block text-xs font-normal text-quiet tabular">{copy.title.year}</span> : null}</span>
        </Link>
      </Td>
      <Td className="whitespace-nowrap">{labelOf(FORMATS, copy.edition.format)}{copy.edition.name ? <span className="block text-xs text-quiet">{copy.edition.name}</span> : null}</Td>
      <Td className="hidden whitespace-nowrap sm:table-cell">{copy.library.name}{copy.location ? <span className="block text-xs text-quiet">{copy.location}</span> : null}</Td>
      <Td className="hidden lg:table-cell">{copy.condition ? labelOf(CONDITIONS, copy.condition) : ""}</Td>
      <Td className="hidden whitespace-nowrap text-quiet xl:table-cell">{copy.bought_on ? formatShortDate(copy.bought_on) : ""}</Td>
      <Td className="hidden text-right whitespace-nowrap xl:table-cell">{copy.price_cents === null ? "" : formatMoney(copy.price_cents, copy.currency)}</Td>
      <Td className="hidden md:table-cell">{copy.loan ? <LoanBadge loan={copy.loan} /> : null}</Td>
    </tr>
  );
}
