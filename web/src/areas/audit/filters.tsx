import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { spacesListMembers } from "@/api";
import { useSettled } from "@/lib/hooks";
import { useCan } from "@/lib/session";
import { Field, Input, optionsOf, Select } from "@/ui/field";
import { AREAS, type AuditSearch, type Outcome, OUTCOMES } from "./data";

interface AuditFiltersProps {
  search: AuditSearch;
  /** The house has no members to choose from; who is meant comes from an entry. */
  isHouse?: boolean;
  onChange: (part: AuditSearch) => void;
}

/** The search first, because who comes here looks for something; the filters below it. */
export function AuditFilters({ search, isHouse = false, onChange }: AuditFiltersProps) {
  const can = useCan();
  const members = useQuery({
    queryKey: [{ _id: "spacesListMembers" }],
    queryFn: async ({ signal }) => (await spacesListMembers({ signal })).data.items,
    enabled: !isHouse && can("spaces.member.read"),
  });
  const [text, setText] = useState(search.q ?? "");
  const settled = useSettled(text.trim(), 300);
  const latest = useRef(onChange);
  useEffect(() => { latest.current = onChange; });
  const current = search.q ?? "";
  useEffect(() => {
    if (settled !== current) latest.current({ q: settled });
    // Only what was typed changes the address; the address does not change what is being typed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <div className="flex flex-col gap-3">
      <Field label="Search the audit" hideLabel>
        <div className="relative">
          <Search size={18} className="pointer-events-none absolute top-3.5 left-4 text-quiet" aria-hidden />
          <Input type="search" aria-label="Search the audit" placeholder={isHouse ? "Names, addresses, request ids" : "Names, works, addresses, request ids"} value={text} onChange={(event) => setText(event.target.value)} className="h-12 pl-11 text-base" />
        </div>
      </Field>
      <div className="grid grid-cols-2 items-end gap-3 md:grid-cols-[1fr_1fr_9rem_10rem_10rem]">
        <Field label="Who"><Select value={search.actor ?? ""} blank="Everyone" options={isHouse ? (search.actor ? [{ value: search.actor, label: "One person" }] : []) : members.data?.map((member) => ({ value: member.user_id, label: member.name })) ?? []} onValue={(actor) => onChange({ actor })} /></Field>
        <Field label="About"><Select value={search.area ?? ""} blank="Everything" options={optionsOf(AREAS, isHouse ? ["accounts", "spaces", "request"] : undefined)} onValue={(area) => onChange({ area })} /></Field>
        <Field label="Outcome"><Select value={search.outcome ?? ""} blank="Any" options={optionsOf(OUTCOMES)} onValue={(outcome) => onChange({ outcome: outcome === "" ? undefined : outcome as Outcome })} /></Field>
        <Field label="From"><Input type="date" value={search.from ?? ""} onChange={(event) => onChange({ from: event.target.value })} /></Field>
        <Field label="To"><Input type="date" value={search.to ?? ""} onChange={(event) => onChange({ to: event.target.value })} /></Field>
      </div>
    </div>
  );
}
