import { useSuspenseQuery } from "@tanstack/react-query";
import { plural } from "@/lib/format";
import { JOBS, labelOf } from "@/lib/labels";
import { Page, Section } from "@/ui/page";
import { WorkCard } from "../browse/work-card";
import { personOptions } from "../data";
import { MergePerson } from "./merge-person";

export function PersonPage({ personId }: { personId: string }) {
  const { data: person } = useSuspenseQuery(personOptions(personId));
  const groups = Object.entries(person.titles);
  const works = new Set(groups.flatMap(([, titles]) => titles.map((title) => title.id)));
  return (
    <Page title={person.name} summary={`${plural(works.size, "work")} in this space`} actions={<MergePerson person={person} />}>
      {groups.map(([job, titles]) => (
        <Section key={job} title={labelOf(JOBS, job)}>
          <ul className="grid grid-cols-3 items-end gap-3 sm:grid-cols-[repeat(auto-fill,minmax(10.25rem,1fr))] sm:gap-5">
            {titles.map((title) => <li key={title.id} className="min-w-0"><WorkCard work={title} /></li>)}
          </ul>
        </Section>
      ))}
    </Page>
  );
}
