import { Link } from "@tanstack/react-router";
import type { ImportRead } from "@/api";
import { humanise } from "@/lib/labels";
import { Card, Section } from "@/ui/page";

/** What an undo left in place, because people edited it since. */
export function Kept({ item }: { item: ImportRead }) {
  const kept = item.kept ?? [];
  if (kept.length === 0) return null;
  return (
    <Section title="Kept by the undo">
      <Card>
        <ul className="divide-y divide-line">
          {kept.map((each) => (
            <li key={each.id} className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-2.5">
              <span className="min-w-0 flex-1 basis-48 font-medium">
                {each.kind === "title" ? <Link to="/titles/$titleId" params={{ titleId: each.id }} className="hover:underline">{each.label}</Link> : `${humanise(each.kind)}: ${each.label}`}
              </span>
              <span className="text-quiet">{each.message || humanise(each.reason)}</span>
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}
