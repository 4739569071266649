import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import type { TitleCard } from "@/api";
import { formatShortDate } from "@/lib/format";
import { FORMATS, KINDS, labelOf } from "@/lib/labels";
import { useCan } from "@/lib/session";
import { useWindowed } from "@/lib/windowed";
import { Checkbox } from "@/ui/checkbox";
import { cn } from "@/ui/cn";
import { Thumb } from "@/ui/poster/poster";
import { Stars } from "@/ui/stars";
import { Badge } from "@/ui/states";
import { rowClass, Td, Th } from "@/ui/table";
import type { Sort } from "../filters";

const ROW = 61;

interface WorksTableProps {
  works: readonly TitleCard[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onEnd?: (() => void) | undefined;
}

interface SortThProps {
  by: "title" | "year" | "rating" | "added";
  sort: Sort;
  onSort: (sort: Sort) => void;
  className?: string;
  children: ReactNode;
}

function SortTh({ by, sort, onSort, className, children }: SortThProps) {
  const state = sort === by ? "ascending" : sort === `-${by}` ? "descending" : "none";
  // Names start at A; years, ratings and dates are mostly wanted from the top.
  const first: Sort = by === "title" ? "title" : `-${by}`;
  const second: Sort = by === "title" ? "-title" : by;
  return (
    <Th aria-sort={state} className={className}>
      <button type="button" className="inline-flex items-center gap-1 rounded-sm hover:text-ink" onClick={() => onSort(sort === first ? second : first)}>
        {children}
        {state === "none" ? null : state === "ascending" ? <ArrowUp size={12} aria-hidden /> : <ArrowDown size={12} aria-hidden />}
      </button>
    </Th>
  );
}

export function WorksTable({ works, sort, onSort, selected, onSelect, onEnd }: WorksTableProps) {
  const can = useCan();
  const mayEdit = can("catalog.title.bulk_edit");
  const { box, shown, before, after } = useWindowed<HTMLTableSectionElement>(works.length, ROW, onEnd);
  const all = works.length > 0 && selected.size >= works.length;
  const select = (id: string, on: boolean): void => {
    const next = new Set(selected);
    if (on) next.add(id);
    else next.delete(id);
    onSelect(next);
  };
  return (
    <div role="region" aria-label="Works, as a table" tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-raised">
      <table className="w-full border-collapse text-left text-sm" aria-rowcount={works.length + 1}>
        <thead>
          <tr>
            {mayEdit ? <Th className="w-10"><Checkbox hideLabel label="Select all loaded works" checked={all ? true : selected.size > 0 ? "indeterminate" : false} onChange={(on) => onSelect(on ? new Set(works.map((work) => work.id)) : new Set())} /></Th> : null}
            <SortTh by="title" sort={sort} onSort={onSort}>Title</SortTh>
            <SortTh by="year" sort={sort} onSort={onSort}>Year</SortTh>
            <Th className="hidden md:table-cell">Kind</Th>
            <Th className="hidden lg:table-cell">By</Th>
            <Th className="hidden sm:table-cell">Owned</Th>
            <SortTh by="rating" sort={sort} onSort={onSort} className="hidden md:table-cell">Rating</SortTh>
            <SortTh by="added" sort={sort} onSort={onSort} className="hidden xl:table-cell">Added</SortTh>
          </tr>
        </thead>
        <tbody ref={box}>
          {before > 0 ? <tr aria-hidden><td style={{ height: before }} /></tr> : null}
          {shown.map((index) => {
            const work = works[index];
            if (!work) return null;
            return (
              <tr key={work.id} aria-rowindex={index + 2} className={cn(rowClass, selected.has(work.id) && "bg-accent-soft")} style={{ height: ROW }}>
                {mayEdit ? <Td><Checkbox hideLabel label={`Select ${work.title}`} checked={selected.has(work.id)} onChange={(on) => select(work.id, on)} /></Td> : null}
                <Td className="max-w-0 min-w-44 sm:w-2/5">
                  <Link to="/titles/$titleId" params={{ titleId: work.slug }} className="flex items-center gap-3 font-medium hover:underline">
                    <Thumb work={work} />
                    <span className="truncate">{work.title}</span>
                    {work.is_on_loan ? <Badge tone="accent">Lent</Badge> : null}
                    {work.status === "published" ? null : <Badge>{labelOf({}, work.status)}</Badge>}
                  </Link>
                </Td>
                <Td className="tabular">{work.year ?? ""}</Td>
                <Td className="hidden md:table-cell">{KINDS[work.kind]}</Td>
                <Td className="hidden max-w-52 truncate lg:table-cell">{work.people}</Td>
                <Td className="hidden max-w-44 truncate sm:table-cell">{work.formats.map((format) => labelOf(FORMATS, format)).join(", ")}</Td>
                <Td className="hidden md:table-cell">{work.rating === null ? "" : <Stars value={work.rating} />}</Td>
                <Td className="hidden whitespace-nowrap text-quiet xl:table-cell"><time dateTime={work.created_at}>{formatShortDate(work.created_at)}</time></Td>
              </tr>
            );
          })}
          {after > 0 ? <tr aria-hidden><td style={{ height: after }} /></tr> : null}
        </tbody>
      </table>
    </div>
  );
}
