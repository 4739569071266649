import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { exchangeMapImport, type MappingSuggestion } from "@/api";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Select } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { FormError } from "@/ui/states";

/** Tells which column means what. The answer is remembered for files with the same columns. */
export function MappingStep({ importId, suggestion }: { importId: string; suggestion: MappingSuggestion }) {
  const [mapping, setMapping] = useState<Record<string, string>>(() => Object.fromEntries(suggestion.columns.map((column) => [column.header, column.target ?? ""])));
  const [isKept, setKept] = useState(true);
  const targets = suggestion.targets.map(({ name, label }) => ({ value: name, label }));
  const used = Object.values(mapping).filter((target) => target !== "");
  const twice = used.find((target, index) => used.indexOf(target) !== index);
  const hasTitle = targets.every(({ value }) => value !== "title") || used.includes("title");
  const send = useAction({
    inline: true,
    run: () => exchangeMapImport({ path: { import_id: importId }, body: { mapping: Object.fromEntries(Object.entries(mapping).filter(([, target]) => target !== "")), remember: isKept } }),
    touches: ["exchange"],
  });
  const problem = twice ? `Two columns mean “${targets.find(({ value }) => value === twice)?.label ?? twice}”. Leave one of them out.` : hasTitle ? null : "Say which column holds the title.";
  return (
    <Section title="What do the columns mean?">
      <p className="text-quiet">This table has columns that are new here. Check what was guessed.</p>
      <FormError error={send.error} />
      <Card>
        <ul className="divide-y divide-line">
          {suggestion.columns.map((column) => (
            <li key={column.header} className="grid grid-cols-1 items-center gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[1fr_auto_14rem]">
              <div className="min-w-0">
                <p className="truncate font-medium">{column.header || "Column without a name"}</p>
                <p className="truncate text-xs text-quiet">{column.samples.filter(Boolean).slice(0, 3).join(" · ") || "empty"}</p>
              </div>
              <ArrowRight size={16} className="hidden text-quiet sm:block" aria-hidden />
              <Select aria-label={`Meaning of ${column.header}`} value={mapping[column.header] ?? ""} blank="Leave out" options={targets} onValue={(target) => setMapping({ ...mapping, [column.header]: target })} />
            </li>
          ))}
        </ul>
      </Card>
      <div className="flex flex-wrap items-center justify-end gap-4">
        <div className="mr-auto"><Checkbox label="Remember this for the next file with these columns" checked={isKept} onChange={setKept} /></div>
        {problem ? <p role="status" className="text-warning">{problem}</p> : null}
        <Button look="primary" busy={send.isPending} disabled={problem !== null} onClick={() => send.mutate()}>Import with these columns</Button>
      </div>
    </Section>
  );
}
