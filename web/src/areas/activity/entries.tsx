import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import type { ActivityRead, HistoryEntry } from "@/api";
import { formatAgo, formatDateTime } from "@/lib/format";
import { fieldName } from "@/lib/labels";
import { asWords } from "@/lib/words";
import { Avatar } from "@/ui/avatar";

const HIDDEN = new Set(["id", "revision", "updated_at", "created_at"]);
const SHOWN = 8;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** Ids, alone or many, tell people nothing. */
function isIds(value: unknown): boolean {
  return typeof value === "string" ? UUID.test(value) : Array.isArray(value) && value.length > 0 && value.every(isIds);
}

/** What one thing that happened has, wherever it is listed. */
type Entry = Pick<ActivityRead, "at" | "actor" | "before" | "after">;

function Changes({ entry }: { entry: Entry }) {
  const before = entry.before ?? {};
  const after = entry.after ?? {};
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !HIDDEN.has(field) && !field.endsWith("_id") && !isIds(before[field] ?? after[field]) && asWords(before[field]) !== asWords(after[field]));
  // What began or ceased to exist is named by its words; listing all of its fields would only be noise.
  if (fields.length === 0 || ((!entry.before || !entry.after) && fields.length > 3)) return null;
  return (
    <ul className="mt-1 flex flex-col gap-0.5 text-xs">
      {fields.slice(0, SHOWN).map((field) => (
        <li key={field} className="flex min-w-0 flex-wrap items-center gap-x-1.5">
          <span className="text-quiet">{fieldName(field)}</span>
          {field in before ? <><s className="max-w-64 truncate text-quiet">{asWords(before[field])}</s><ArrowRight size={11} className="text-quiet" aria-label="became" /></> : null}
          {field in after || field in before ? <span className="max-w-80 truncate">{asWords(after[field])}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** The words for an event, with the name of a work made a link to it. */
function Words({ entry }: { entry: ActivityRead }) {
  const { ref } = entry;
  return entry.parts.map((part, index) => {
    if (!part.is_ref) return <span key={index}>{part.text}</span>;
    if (ref?.kind === "title" && !entry.kind.endsWith("deleted")) {
      return <Link key={index} to="/titles/$titleId" params={{ titleId: ref.id }} className="font-medium hover:underline">{part.text}</Link>;
    }
    return <span key={index} className="font-medium">{part.text}</span>;
  });
}

function Line({ entry, children }: { entry: Entry; children: ReactNode }) {
  return (
    <li className="flex gap-3 border-b border-line py-3 last:border-b-0">
      <Avatar name={entry.actor.name} size={28} />
      <div className="min-w-0 flex-1">
        <p className="break-words"><span className="font-medium">{entry.actor.name}</span> {children}</p>
        <Changes entry={entry} />
      </div>
      <time dateTime={entry.at} title={formatDateTime(entry.at)} className="shrink-0 text-xs text-quiet">{formatAgo(entry.at)}</time>
    </li>
  );
}

/** Who did what, when, and what it changed; newest first. */
export function ActivityList({ entries }: { entries: readonly ActivityRead[] }) {
  return <ol className="flex flex-col">{entries.map((entry) => <Line key={entry.id} entry={entry}><Words entry={entry} /></Line>)}</ol>;
}

/** The same for one work, whose name needs no saying. */
export function HistoryList({ entries }: { entries: readonly HistoryEntry[] }) {
  return <ol className="flex flex-col">{entries.map((entry) => <Line key={entry.id} entry={entry}>{entry.label}</Line>)}</ol>;
}
