import type { EntryRead } from "@/api";
import { formatDateTime } from "@/lib/format";
import { fieldName, humanise } from "@/lib/labels";
import { asWords } from "@/lib/words";
import { Button } from "@/ui/button";
import { Fact, Facts } from "@/ui/facts";
import { SidePanel } from "@/ui/side-panel";
import { Badge } from "@/ui/states";
import { type AuditSearch, OUTCOME_TONES, OUTCOMES } from "./data";

interface EntryPanelProps {
  entry: EntryRead;
  onClose: () => void;
  onFilter: (part: AuditSearch) => void;
}

export function EntryPanel({ entry, onClose, onFilter }: EntryPanelProps) {
  const fields = [...new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})])];
  const actor = entry.actor.id;
  return (
    <SidePanel
      label="Audit entry"
      onClose={onClose}
      title={<><p className="font-serif text-lg font-semibold break-words">{entry.actor.name} {entry.label}</p><p className="text-quiet"><time dateTime={entry.at}>{formatDateTime(entry.at)}</time></p></>}
      footer={
        <>
          {actor ? <Button size="s" onClick={() => onFilter({ actor })}>All of {entry.actor.name}</Button> : null}
          {entry.request_id ? <Button size="s" onClick={() => onFilter({ q: entry.request_id })}>All of this request</Button> : null}
        </>
      }
    >
      <Facts>
        <Fact name="Outcome"><Badge tone={OUTCOME_TONES[entry.outcome]}>{OUTCOMES[entry.outcome]}</Badge></Fact>
        <Fact name="Action"><code>{entry.action}</code></Fact>
        {entry.object.kind ? <Fact name="Object">{humanise(entry.object.kind)} {entry.object.label ? `“${entry.object.label}”` : ""} {entry.object.id ? <code className="block text-xs text-quiet">{entry.object.id}</code> : null}</Fact> : null}
        <Fact name="By">{entry.actor.name} <span className="text-quiet">({humanise(entry.actor.kind).toLowerCase()})</span></Fact>
        {entry.ip ? <Fact name="From">{entry.ip}</Fact> : null}
        {entry.user_agent ? <Fact name="With">{entry.user_agent}</Fact> : null}
        {entry.request_id ? <Fact name="Request"><code className="text-xs">{entry.request_id}</code></Fact> : null}
        <Fact name="Sealed">{entry.hash ? <code className="text-xs">{entry.hash.slice(0, 16)}…</code> : "not yet"}</Fact>
      </Facts>
      {fields.length > 0 ? (
        <section>
          <h3 className="mb-2 font-serif text-base font-semibold">What changed</h3>
          <dl className="flex flex-col divide-y divide-line rounded-lg border border-line">
            {fields.map((field) => (
              <div key={field} className="px-3 py-2">
                <dt className="text-xs text-quiet">{fieldName(field)}</dt>
                {entry.before && field in entry.before ? <dd className="break-words text-danger"><span className="sr-only">Before: </span><span aria-hidden>− </span>{asWords(entry.before[field])}</dd> : null}
                {entry.after && field in entry.after ? <dd className="break-words text-positive"><span className="sr-only">After: </span><span aria-hidden>+ </span>{asWords(entry.after[field])}</dd> : null}
              </div>
            ))}
          </dl>
        </section>
      ) : null}
    </SidePanel>
  );
}
