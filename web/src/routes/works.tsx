import { useQuery } from "@tanstack/react-query";
import { WorksPage } from "@/areas/catalog/browse/works-page";
import { countFilters, type WorksSearch } from "@/areas/catalog/filters";
import { librariesOptions } from "@/areas/library/data";
import { plural } from "@/lib/format";

/** The works of the space or of one library, named by it. */
export function Works({ search }: { search: WorksSearch }) {
  const libraries = useQuery(librariesOptions);
  const chosen = libraries.data?.filter((library) => search.library?.includes(library.slug)) ?? [];
  const shelves = chosen.length > 0 ? chosen : (libraries.data ?? []);
  const copies = shelves.reduce((sum, library) => sum + library.copies_count, 0);
  const title = chosen.length > 0 ? chosen.map((library) => library.name).join(", ") : "All works";
  // Copies are counted by shelf, so the number fits only while nothing else is filtered.
  const aside = countFilters(search) === 0 && libraries.data ? plural(copies, "copy", "copies") : undefined;
  return <WorksPage search={search} title={title} aside={aside} />;
}
