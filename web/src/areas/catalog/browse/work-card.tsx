import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { TitleCard } from "@/api";
import { STATUSES } from "@/lib/labels";
import { Poster } from "@/ui/poster/poster";

/** A card of the list, or of a person's works, where loans are not told. */
type Work = Pick<TitleCard, "slug" | "kind" | "title" | "year" | "people" | "poster" | "status"> & { is_on_loan?: boolean };

interface WorkCardProps {
  work: Work;
  sizes?: string;
  eager?: boolean;
}

/** A work on the shelf: poster, title, year and whose it is. */
export const WorkCard = memo(function WorkCard({ work, sizes = "(width < 640px) 33vw, 180px", eager = false }: WorkCardProps) {
  const line = [work.year, work.people].filter(Boolean).join(" · ");
  return (
    <Link to="/titles/$titleId" params={{ titleId: work.slug }} className="group flex h-full flex-col justify-end rounded-sm outline-offset-4">
      <div className="relative">
        <Poster work={work} sizes={sizes} eager={eager} className="shadow-raised transition-transform duration-150 group-hover:-translate-y-0.5" />
        {work.is_on_loan ? <span className="absolute top-2 right-2 rounded-full bg-[oklch(18%_0.02_60/0.85)] px-2 py-0.5 text-xs font-medium text-white">Lent</span> : null}
        {work.status === "published" ? null : <span className="absolute top-2 left-2 rounded-full bg-[oklch(18%_0.02_60/0.85)] px-2 py-0.5 text-xs font-medium text-white">{STATUSES[work.status]}</span>}
      </div>
      <p className="mt-2 truncate font-medium group-hover:underline">{work.title}</p>
      <p className="h-4 truncate text-xs text-quiet tabular">{line}</p>
    </Link>
  );
});
