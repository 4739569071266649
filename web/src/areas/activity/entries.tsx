import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import type { ActivityRead } from "@/api";
import { formatAgo, formatDateTime } from "@/lib/format";
import { humanise } from "@/lib/labels";
import { asWords } from "@/lib/words";
import { Avatar } from "@/ui/avatar";

const HIDDEN = new Set(["id", "revision", "updated_at", "created_at"]);

function Changes({ entry }: { entry: ActivityRead }) {
  const before = entry.before ?? {};
  const after = entry.after ?? {};
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !HIDDEN.has(field));
  if (fields.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-col gap-0.5 text-xs">
      {fields.slice(0, 8).map((field) => (
        <li key={field} className="flex min-w-0 flex-wrap items-center gap-x-1.5">
          <span className="text-quiet">{humanise(field)}</span>
          {field in before ? <><s className="max-w-64 truncate text-quiet">{asWords(before[field])}</s><ArrowRight size={11} className="text-quiet" aria-label="became" /></> : null}
          <span className="max-w-80 truncate">{asWords(after[field])}</span>
        </li>
      ))}
    </ul>
  );
}

function Target({ entry }: { entry: ActivityRead }) {
  const { ref } = entry;
  const label = ref?.label;
  if (!ref || !label) return null;
  if (ref.kind.startsWith("catalog.title") || ref.kind === "title") {
    return <Link to="/titles/$titleId" params={{ titleId: ref.slug ?? ref.id }} className="font-medium hover:underline">{label}</Link>;
  }
  return <span className="font-medium">{label}</span>;
}

/** Who did what, when, and what it changed; newest first. */
export function Entries({ entries, showsTarget = true }: { entries: readonly ActivityRead[]; showsTarget?: boolean }) {
  return (
    <ol className="flex flex-col">
      {entries.map((entry) => (
        <li key={entry.id} className="flex gap-3 border-b border-line py-3 last:border-b-0">
          <Avatar name={entry.actor.name} size={28} />
          <div className="min-w-0 flex-1">
            <p className="break-words"><span className="font-medium">{entry.actor.name}</span> {entry.label} {showsTarget ? <Target entry={entry} /> : null}</p>
            <Changes entry={entry} />
          </div>
          <time dateTime={entry.at} title={formatDateTime(entry.at)} className="shrink-0 text-xs text-quiet">{formatAgo(entry.at)}</time>
        </li>
      ))}
    </ol>
  );
}
