import type { EntryRead } from "@/api";
import { formatDateTime } from "@/lib/format";
import { Badge } from "@/ui/states";
import { rowClass, TableFrame, Td, Th } from "@/ui/table";
import { OUTCOME_TONES, OUTCOMES } from "./data";

export function EntryTable({ entries, onOpen }: { entries: readonly EntryRead[]; onOpen: (entry: EntryRead) => void }) {
  return (
    <TableFrame label="Audit entries">
      <thead><tr><Th>When</Th><Th>Who</Th><Th>What</Th><Th className="max-md:hidden">From</Th><Th>Outcome</Th></tr></thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id} className={rowClass}>
            <Td className="whitespace-nowrap text-quiet"><time dateTime={entry.at}>{formatDateTime(entry.at)}</time></Td>
            <Td className="whitespace-nowrap">{entry.actor.name}</Td>
            <Td className="max-w-96">
              <button type="button" onClick={() => onOpen(entry)} className="block max-w-full truncate rounded-sm text-left font-medium underline-offset-2 hover:underline" title={entry.label}>{entry.label}</button>
              <code className="text-xs text-quiet">{entry.action}</code>
            </Td>
            <Td className="text-quiet max-md:hidden">{entry.ip}</Td>
            <Td><Badge tone={OUTCOME_TONES[entry.outcome]}>{OUTCOMES[entry.outcome]}</Badge></Td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
