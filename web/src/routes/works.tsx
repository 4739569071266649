import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { WorksPage } from "@/areas/catalog/browse/works-page";
import { countFilters, isHome as isAtHome, type WorksSearch } from "@/areas/catalog/filters";
import { OnNowRoom, waitingCards } from "@/areas/live/on-now-room";
import { televisionOf } from "@/areas/live/television";
import { librariesOptions, statisticsOptions } from "@/areas/library/data";
import { plural } from "@/lib/format";
import { useCan, useSpace } from "@/lib/session";

const OnNow = lazy(async () => ({ default: (await import("@/areas/live/on-now")).OnNow }));

/** The works of the space or of one library, named by it. */
export function Works({ search }: { search: WorksSearch }) {
  const can = useCan();
  const memory = televisionOf(useSpace()?.slug ?? "");
  const libraries = useQuery(librariesOptions);
  const counts = useQuery({ ...statisticsOptions, enabled: countFilters(search) === 0 && !search.library });
  const chosen = libraries.data?.filter((library) => search.library?.includes(library.slug)) ?? [];
  const title = chosen.length > 0 ? chosen.map((library) => library.name).join(", ") : "All works";
  // Copies are counted for the whole and by shelf, so the numbers fit only while nothing else is filtered.
  const isWhole = countFilters(search) === 0;
  const parts = chosen.length > 0
    ? [plural(chosen.reduce((sum, library) => sum + library.copies_count, 0), "copy", "copies")]
    : counts.data ? [plural(counts.data.copies, "copy", "copies"), counts.data.on_loan > 0 ? `${counts.data.on_loan} lent` : null] : [];
  // Where one comes in, what is on stands before the shelves; who filters or works in the table looks for something else.
  const isHome = isAtHome(search) && can("live.guide.read");
  return (
    <div className="flex flex-col gap-8">
      {isHome ? <Suspense fallback={memory.get() === "yes" ? <OnNowRoom /> : null}><OnNow memory={memory} room={<OnNowRoom />} waiting={waitingCards} /></Suspense> : null}
      <WorksPage search={search} title={title} aside={isWhole ? parts.filter(Boolean).join(" · ") : undefined} />
    </div>
  );
}
