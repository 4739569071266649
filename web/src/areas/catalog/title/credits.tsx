import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { CreditRead } from "@/api";
import { JOBS, labelOf } from "@/lib/labels";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { Section } from "@/ui/page";

const CAST_SHOWN = 12;

/** The crew by job, then the cast in order; people lead to all their works. */
export function Credits({ credits }: { credits: readonly CreditRead[] }) {
  const [isAll, setAll] = useState(false);
  if (credits.length === 0) return null;
  const cast = credits.filter((credit) => credit.job === "actor" || credit.character);
  const crew = Map.groupBy(credits.filter((credit) => !cast.includes(credit)), (credit) => credit.job);
  const shown = isAll ? cast : cast.slice(0, CAST_SHOWN);
  return (
    <Section title="People" actions={cast.length > CAST_SHOWN ? <Button size="s" look="quiet" onClick={() => setAll(!isAll)}>{isAll ? "Show fewer" : `Show all ${cast.length}`}</Button> : null}>
      {crew.size > 0 ? (
        <dl className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-3">
          {[...crew].map(([job, people]) => (
            <div key={job}>
              <dt className="text-xs text-quiet">{labelOf(JOBS, job)}</dt>
              {people.map(({ person }) => (
                <dd key={person.id}><Link to="/people/$personId" params={{ personId: person.slug }} className="inline-flex min-h-6 items-center font-medium hover:underline">{person.name}</Link></dd>
              ))}
            </div>
          ))}
        </dl>
      ) : null}
      {shown.length > 0 ? (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-2">
          {shown.map(({ person, character, position }) => (
            <li key={`${person.id}-${position}`}>
              <Link to="/people/$personId" params={{ personId: person.slug }} className="flex items-center gap-3 rounded-sm p-1.5 hover:bg-sunken">
                <Avatar name={person.name} size={40} />
                <span className="min-w-0">
                  <span className="block truncate font-medium">{person.name}</span>
                  {character ? <span className="block truncate text-xs text-quiet">{character}</span> : null}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
