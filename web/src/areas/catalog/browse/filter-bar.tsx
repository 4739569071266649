import { ChevronDown, LayoutGrid, Search, SlidersHorizontal, Table2, X } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import type { FacetCount } from "@/api";
import { countryName, languageName } from "@/lib/format";
import { useSettled } from "@/lib/hooks";
import { FORMATS, type Kind, KINDS, labelOf } from "@/lib/labels";
import { Button, buttonClass } from "@/ui/button";
import { Chip, ChipButton, ToggleChip } from "@/ui/chip";
import { cn } from "@/ui/cn";
import { Dialog } from "@/ui/dialog";
import { Menu, MenuRadio, Popover } from "@/ui/menu";
import { SkeletonRows } from "@/ui/states";
import { countFilters, type Sort, SORTS, toggle, type View, type WorksSearch } from "../filters";
import type { ListFacet } from "./facets";

// What stands behind the chips comes when one is opened.
const ListFilter = lazy(async () => ({ default: (await import("./facets")).ListFilter }));
const MoreFilter = lazy(async () => ({ default: (await import("./facets")).MoreFilter }));
const YearFilter = lazy(async () => ({ default: (await import("./facets")).YearFilter }));

export type Facets = Record<string, FacetCount[]>;

export interface FilterProps {
  search: WorksSearch;
  facets: Facets | undefined;
  onChange: (part: Partial<WorksSearch>) => void;
}

const SORT_OPTIONS = (Object.keys(SORTS) as Sort[]).map((value) => ({ value, label: SORTS[value] }));

function KindChips({ search, facets, onChange }: FilterProps) {
  const kinds = facets?.kind?.map((facet) => facet.value) ?? [];
  const shown = (Object.keys(KINDS) as Kind[]).filter((kind) => kinds.includes(kind) || search.kind?.includes(kind));
  if (shown.length < 2 && !search.kind) return null;
  return shown.map((kind) => (
    <ToggleChip key={kind} on={search.kind?.includes(kind) ?? false} onClick={() => onChange({ kind: toggle(search.kind, kind) })}>{KINDS[kind]}</ToggleChip>
  ));
}

function QuickFind({ search, onChange }: Pick<FilterProps, "search" | "onChange">) {
  const [text, setText] = useState(search.q ?? "");
  const settled = useSettled(text.trim(), 250);
  useEffect(() => {
    if (settled !== (search.q ?? "")) onChange({ q: settled || undefined });
    // Only what is typed moves the address; the address moving must not undo typing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <label className="relative w-full sm:w-52">
      <span className="sr-only">Filter by words in the title</span>
      <Search size={14} className="absolute top-1/2 left-3 -translate-y-1/2 text-quiet" aria-hidden />
      <input type="search" value={text} onChange={(event) => setText(event.target.value)} placeholder="Filter these works" className="h-8 w-full rounded-full border border-line bg-raised pr-3 pl-8 text-xs hover:border-line-strong" />
    </label>
  );
}

const POPOVERS: readonly { facet: ListFacet; label: string }[] = [
  { facet: "genre", label: "Genre" },
  { facet: "format", label: "Format" },
];

/** Filters, sort and view over the works; all of it lives in the address, so that a view can be sent to someone. */
export function FilterBar(props: FilterProps) {
  const { search, onChange } = props;
  const [isSheetOpen, setSheetOpen] = useState(false);
  const count = countFilters(search);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <KindChips {...props} />
        <div className="hidden flex-wrap items-center gap-2 sm:flex">
          {POPOVERS.map(({ facet, label }) => (
            <Popover key={facet} label={label} trigger={<ChipButton on={Boolean(search[facet])}>{label}<ChevronDown size={14} aria-hidden /></ChipButton>}>
              <Suspense fallback={<SkeletonRows count={3} />}><ListFilter facet={facet} label={label} {...props} /></Suspense>
            </Popover>
          ))}
          <Popover label="Year" trigger={<ChipButton on={Boolean(search.year_from ?? search.year_to)}>Year<ChevronDown size={14} aria-hidden /></ChipButton>}>
            <Suspense fallback={<SkeletonRows count={3} />}><YearFilter {...props} /></Suspense>
          </Popover>
          <Popover label="More filters" trigger={<ChipButton on={false}>More<ChevronDown size={14} aria-hidden /></ChipButton>}>
            <Suspense fallback={<SkeletonRows count={3} />}><MoreFilter {...props} /></Suspense>
          </Popover>
        </div>
        <ChipButton className="sm:hidden" on={count > 0} onClick={() => setSheetOpen(true)}><SlidersHorizontal size={14} aria-hidden />Filters{count > 0 ? ` (${count})` : ""}</ChipButton>
      </div>
      <ActiveFilters {...props} />
      <Dialog open={isSheetOpen} onOpenChange={setSheetOpen} title="Filters" footer={<Button look="primary" onClick={() => setSheetOpen(false)}>Show works</Button>}>
        <div className="flex flex-col gap-6">
          <QuickFind search={search} onChange={onChange} />
          <Suspense fallback={<SkeletonRows count={3} />}>
            <YearFilter {...props} />
            {POPOVERS.map(({ facet, label }) => <ListFilter key={facet} facet={facet} label={label} {...props} />)}
            <MoreFilter {...props} />
          </Suspense>
        </div>
      </Dialog>
    </div>
  );
}

/** How the works are ordered and shown, beside the page's name. */
export function ViewControls({ search, onChange }: Pick<FilterProps, "search" | "onChange">) {
  return (
    <div className="flex items-center gap-2">
      <div className="hidden md:block"><QuickFind search={search} onChange={onChange} /></div>
      <Menu trigger={<ChipButton on={false}><span className="sr-only">Sort: </span>{SORTS[search.sort ?? "title"]}<ChevronDown size={14} aria-hidden /></ChipButton>}>
        <MenuRadio value={search.sort ?? "title"} onValue={(sort) => onChange({ sort: sort === "title" ? undefined : sort })} options={SORT_OPTIONS} />
      </Menu>
      <ViewSwitch view={search.view ?? "grid"} onView={(view) => onChange({ view: view === "grid" ? undefined : view })} />
    </div>
  );
}

function ViewSwitch({ view, onView }: { view: View; onView: (view: View) => void }) {
  const options = [{ value: "grid", label: "Posters", icon: LayoutGrid }, { value: "table", label: "Table", icon: Table2 }] as const;
  return (
    <div role="group" aria-label="View" className="flex rounded-full border border-line bg-raised p-0.5">
      {options.map(({ value, label, icon: Icon }) => (
        <button key={value} type="button" title={label} aria-label={label} aria-pressed={view === value} onClick={() => onView(value)} className={cn("grid h-7 w-9 place-items-center rounded-full", view === value ? "bg-accent-soft text-accent" : "text-quiet hover:text-ink")}>
          <Icon size={15} aria-hidden />
        </button>
      ))}
    </div>
  );
}

function ActiveFilters({ search, facets, onChange }: FilterProps) {
  if (countFilters(search) === (search.kind ? 1 : 0)) return null;
  const name = (facet: string, value: string): string => {
    if (facet === "language") return languageName(value);
    if (facet === "country") return countryName(value);
    if (facet === "format") return labelOf(FORMATS, value);
    return facets?.[facet]?.find((each) => each.value === value)?.label ?? labelOf({}, value.replaceAll("-", " "));
  };
  const lists = ["genre", "tag", "mood", "theme", "person", "format", "resolution", "language", "country", "status"] as const;
  const years = search.year_from ?? search.year_to;
  return (
    <ul className="flex flex-wrap items-center gap-2" aria-label="Filters that are set">
      {lists.flatMap((facet) => (search[facet] ?? []).map((value: string) => (
        <li key={`${facet}-${value}`}><Chip onRemove={() => onChange({ [facet]: toggle<string>(search[facet], value) })}>{name(facet, value)}</Chip></li>
      )))}
      {years === undefined ? null : <li><Chip onRemove={() => onChange({ year_from: undefined, year_to: undefined })}>{search.year_from ?? "…"} – {search.year_to ?? "…"}</Chip></li>}
      {search.rating_from === undefined ? null : <li><Chip onRemove={() => onChange({ rating_from: undefined })}>Rated {search.rating_from} and more</Chip></li>}
      {search.owned === undefined ? null : <li><Chip onRemove={() => onChange({ owned: undefined })}>{search.owned === "yes" ? "Owned" : "Not owned"}</Chip></li>}
      {search.on_loan === undefined ? null : <li><Chip onRemove={() => onChange({ on_loan: undefined })}>Lent</Chip></li>}
      {search.q === undefined ? null : <li><Chip onRemove={() => onChange({ q: undefined })}>“{search.q}”</Chip></li>}
      <li>
        <button type="button" className={buttonClass("quiet", "s")} onClick={() => onChange(Object.fromEntries(Object.keys(search).filter((key) => !["sort", "view", "library"].includes(key)).map((key) => [key, undefined])))}>
          <X size={14} aria-hidden />Clear all
        </button>
      </li>
    </ul>
  );
}
