import { useQuery } from "@tanstack/react-query";
import { WorksPage } from "@/areas/catalog/browse/works-page";
import { countFilters, type WorksSearch } from "@/areas/catalog/filters";
import { librariesOptions, statisticsOptions } from "@/areas/library/data";
import { plural } from "@/lib/format";

/** The works of the space or of one library, named by it. */
export function Works({ search }: { search: WorksSearch }) {
  const libraries = useQuery(librariesOptions);
  const counts = useQuery({ ...statisticsOptions, enabled: countFilters(search) === 0 && !search.library });
  const chosen = libraries.data?.filter((library) => search.library?.includes(library.slug)) ?? [];
  const title = chosen.length > 0 ? chosen.map((library) => library.name).join(", ") : "All works";
  // Copies are counted for the whole and by shelf, so the numbers fit only while nothing else is filtered.
  const isWhole = countFilters(search) === 0;
  const parts = chosen.length > 0
    ? [plural(chosen.reduce((sum, library) => sum + library.copies_count, 0), "copy", "copies")]
    : counts.data ? [plural(counts.data.copies, "copy", "copies"), counts.data.on_loan > 0 ? `${counts.data.on_loan} lent` : null] : [];
  return <WorksPage search={search} title={title} aside={isWhole ? parts.filter(Boolean).join(" · ") : undefined} />;
}
