import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { catalogListPeople } from "@/api";
import { useSettled } from "@/lib/hooks";
import { type Job, JOBS, type Kind } from "@/lib/labels";
import { Button, IconButton } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Field, Input, optionsOf, Select } from "@/ui/field";
import { type CreditDraft, MAIN_JOB, newKey } from "./draft";

interface CreditsEditorProps {
  credits: readonly CreditDraft[];
  kind: Kind;
  onChange: (credits: CreditDraft[]) => void;
}

/** People of the work in their order; names that the space knows are offered while typing. */
export function CreditsEditor({ credits, kind, onChange }: CreditsEditorProps) {
  const list = useId();
  const [typed, setTyped] = useState("");
  const settled = useSettled(typed.trim(), 200);
  const people = useQuery({
    queryKey: [{ _id: "catalogListPeople", suggest: settled }],
    queryFn: async ({ signal }) => (await catalogListPeople({ query: { q: settled, limit: 8 }, signal })).data.items.map((person) => person.name),
    enabled: settled.length > 1,
  });
  const set = (key: number, part: Partial<CreditDraft>): void => onChange(credits.map((credit) => (credit.key === key ? { ...credit, ...part } : credit)));
  const move = (index: number, by: number): void => {
    const next = [...credits];
    const [taken] = next.splice(index, 1);
    if (taken) next.splice(index + by, 0, taken);
    onChange(next);
  };
  return (
    <div className="flex flex-col gap-3">
      <datalist id={list}>{people.data?.map((name) => <option key={name} value={name} />)}</datalist>
      <ul className="flex flex-col gap-3">
        {credits.map((credit, index) => (
          <li key={credit.key} className="grid grid-cols-[1fr_auto] gap-2 sm:grid-cols-[1fr_11rem_1fr_auto]">
            <Field label="Name" hideLabel={index > 0}>
              <Input list={list} autoComplete="off" value={credit.name} onChange={(event) => { setTyped(event.target.value); set(credit.key, { name: event.target.value }); }} />
            </Field>
            <Field label="As" hideLabel={index > 0} className="max-sm:col-start-1"><Select value={credit.job} options={optionsOf(JOBS)} onValue={(job) => set(credit.key, { job: job as Job })} /></Field>
            <Field label="Role played" hideLabel={index > 0} className={cn("max-sm:col-start-1", credit.job !== "actor" && "max-sm:hidden sm:invisible")}>
              <Input value={credit.character} onChange={(event) => set(credit.key, { character: event.target.value })} />
            </Field>
            <div className="flex items-end max-sm:col-start-2 max-sm:row-start-1">
              <IconButton label="Move up" size="s" className="mb-1" disabled={index === 0} onClick={() => move(index, -1)}><ArrowUp size={14} aria-hidden /></IconButton>
              <IconButton label="Move down" size="s" className="mb-1" disabled={index === credits.length - 1} onClick={() => move(index, 1)}><ArrowDown size={14} aria-hidden /></IconButton>
              <IconButton label={`Remove ${credit.name || "this person"}`} size="s" className="mb-1" onClick={() => onChange(credits.filter(({ key }) => key !== credit.key))}><Trash2 size={14} aria-hidden /></IconButton>
            </div>
          </li>
        ))}
      </ul>
      <div>
        <Button size="s" icon={<Plus size={14} aria-hidden />} onClick={() => onChange([...credits, { key: newKey(), name: "", character: "", job: credits.length === 0 ? MAIN_JOB[kind] : (credits.at(-1)?.job ?? "other") }])}>
          Add a person
        </Button>
      </div>
    </div>
  );
}
