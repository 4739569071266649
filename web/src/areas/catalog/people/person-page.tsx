import { useSuspenseQuery } from "@tanstack/react-query";
import { plural } from "@/lib/format";
import { JOBS, labelOf } from "@/lib/labels";
import { Page, Section } from "@/ui/page";
import { WorkCard } from "../browse/work-card";
import { personOptions } from "../data";

export function PersonPage({ personId }: { personId: string }) {
  const { data: person } = useSuspenseQuery(personOptions(personId));
  const works = new Set(person.titles.flatMap((group) => group.titles.map((title) => title.id)));
  return (
    <Page title={person.name} summary={`${plural(works.size, "work")} in this space`}>
      {person.titles.map((group) => (
        <Section key={group.job} title={labelOf(JOBS, group.job)}>
          <ul className="grid grid-cols-3 items-end gap-3 sm:grid-cols-[repeat(auto-fill,minmax(10.25rem,1fr))] sm:gap-5">
            {group.titles.map((title) => <li key={title.id} className="min-w-0"><WorkCard work={title} /></li>)}
          </ul>
        </Section>
      ))}
    </Page>
  );
}
