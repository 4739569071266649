import { useState } from "react";
import type { FacetCount } from "@/api";
import { countryName, formatNumber, languageName } from "@/lib/format";
import { FORMATS, labelOf, RESOLUTIONS, STATUSES } from "@/lib/labels";
import { Checkbox } from "@/ui/checkbox";
import { Field, Input, Select } from "@/ui/field";
import { toggle } from "../filters";
import type { FilterProps } from "./filter-bar";

export type ListFacet = "genre" | "format" | "tag" | "mood" | "theme" | "resolution" | "language" | "country" | "library";

const NAMES: Partial<Record<ListFacet, (facet: FacetCount) => string>> = {
  format: (facet) => labelOf(FORMATS, facet.value),
  resolution: (facet) => labelOf(RESOLUTIONS, facet.value),
  language: (facet) => languageName(facet.value),
  country: (facet) => countryName(facet.value),
};

interface ListFilterProps extends FilterProps {
  facet: ListFacet;
  label: string;
}

/** Values of one facet with how many works each would leave. */
export function ListFilter({ facet, label, search, facets, onChange }: ListFilterProps) {
  const [find, setFind] = useState("");
  const chosen: readonly string[] = search[facet] ?? [];
  const nameOf = NAMES[facet] ?? ((each: FacetCount) => each.label);
  const values = (facets?.[facet] ?? []).map((each) => ({ ...each, label: nameOf(each) }));
  const gone = chosen.filter((value) => !values.some((each) => each.value === value)).map((value) => ({ value, label: value, count: 0 }));
  const all = [...values, ...gone];
  const shown = find ? all.filter((each) => each.label.toLowerCase().includes(find.toLowerCase())) : all;
  if (all.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 text-xs font-medium text-quiet">{label}</legend>
      {all.length > 9 ? <Input aria-label={`Find in ${label}`} placeholder="Find" value={find} onChange={(event) => setFind(event.target.value)} className="h-8" /> : null}
      <div className="flex max-h-64 flex-col gap-2 overflow-y-auto p-0.5">
        {shown.map((each) => (
          <div key={each.value} className="flex items-center gap-2">
            <div className="min-w-0 flex-1"><Checkbox label={each.label} checked={chosen.includes(each.value)} onChange={() => onChange({ [facet]: toggle(chosen, each.value) })} /></div>
            <span className="text-xs text-quiet tabular">{formatNumber(each.count)}</span>
          </div>
        ))}
        {shown.length === 0 ? <p className="text-xs text-quiet">Nothing of that name</p> : null}
      </div>
    </fieldset>
  );
}

function toYear(text: string): number | undefined {
  const year = Number(text);
  return text.length === 4 && Number.isInteger(year) ? year : undefined;
}

export function YearFilter({ search, facets, onChange }: FilterProps) {
  const [from, setFrom] = useState(String(search.year_from ?? ""));
  const [to, setTo] = useState(String(search.year_to ?? ""));
  const decades = (facets?.decade ?? []).filter((each) => /^\d{3,4}/.test(each.value)).sort((a, b) => a.value.localeCompare(b.value));
  const set = (first: string, last: string): void => {
    setFrom(first);
    setTo(last);
    if ((first === "" || toYear(first)) && (last === "" || toYear(last))) onChange({ year_from: toYear(first), year_to: toYear(last) });
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-2 text-xs font-medium text-quiet">Year</legend>
      <div className="grid grid-cols-2 gap-2">
        <Field label="From"><Input inputMode="numeric" maxLength={4} value={from} onChange={(event) => set(event.target.value, to)} placeholder="1900" /></Field>
        <Field label="To"><Input inputMode="numeric" maxLength={4} value={to} onChange={(event) => set(from, event.target.value)} placeholder="1930" /></Field>
      </div>
      {decades.length > 0 ? (
        <div className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
          {decades.map((each) => {
            const start = Number.parseInt(each.value, 10);
            return (
              <button key={each.value} type="button" onClick={() => set(String(start), String(start + 9))} className="rounded-full border border-line px-2.5 py-1 text-xs tabular hover:border-line-strong hover:bg-sunken">
                {start}s
              </button>
            );
          })}
        </div>
      ) : null}
    </fieldset>
  );
}

export function MoreFilter(props: FilterProps) {
  const { search, onChange } = props;
  return (
    <div className="flex flex-col gap-4">
      <Checkbox label="Lent at the moment" checked={search.on_loan === "yes"} onChange={(on) => onChange({ on_loan: on ? "yes" : undefined })} />
      <Field label="Owned">
        <Select value={search.owned ?? ""} blank="Owned or not" options={[{ value: "yes", label: "Owned" }, { value: "no", label: "Not owned" }]} onValue={(value) => onChange({ owned: value === "yes" || value === "no" ? value : undefined })} />
      </Field>
      <Field label="Rating">
        <Select value={String(search.rating_from ?? "")} blank="Any rating" options={[9, 8, 7, 6, 5].map((value) => ({ value: String(value), label: `${value} and more` }))} onValue={(value) => onChange({ rating_from: value ? Number(value) : undefined })} />
      </Field>
      <Field label="Status">
        <Select value={search.status?.[0] ?? ""} blank="Any status" options={Object.entries(STATUSES).map(([value, label]) => ({ value, label }))} onValue={(value) => onChange({ status: value ? [value as keyof typeof STATUSES] : undefined })} />
      </Field>
      {(["resolution", "tag", "mood", "theme", "library", "language", "country"] as const).map((facet) => <ListFilter key={facet} facet={facet} label={labelOf({}, facet)} {...props} />)}
    </div>
  );
}
