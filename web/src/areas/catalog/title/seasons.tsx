import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { SeasonRead } from "@/api";
import { formatRuntime, formatShortDate } from "@/lib/format";
import { Card, Section } from "@/ui/page";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { seasonOptions } from "../data";

export function Seasons({ titleId, seasons }: { titleId: string; seasons: readonly SeasonRead[] }) {
  if (seasons.length === 0) return null;
  return (
    <Section title="Seasons">
      <Card className="divide-y divide-line">{seasons.map((season) => <Season key={season.id} titleId={titleId} season={season} startsOpen={seasons.length === 1} />)}</Card>
    </Section>
  );
}

function Season({ titleId, season, startsOpen }: { titleId: string; season: SeasonRead; startsOpen: boolean }) {
  const [isOpen, setOpen] = useState(startsOpen);
  const name = season.number === 0 ? "Specials" : `Season ${season.number}`;
  const have = season.expected_episodes ? `${season.episodes_count} of ${season.expected_episodes} episodes` : `${season.episodes_count} episodes`;
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="flex list-none items-center gap-3 px-4 py-3 hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
        <ChevronRight size={16} className="text-quiet transition-transform duration-150 group-open:rotate-90" aria-hidden />
        <span className="font-medium">{name}</span>
        {season.title ? <span className="min-w-0 truncate text-quiet">{season.title}</span> : null}
        <span className="ml-auto text-xs text-quiet tabular">{have}</span>
        {season.is_complete ? <Badge tone="positive">Complete</Badge> : null}
      </summary>
      {isOpen ? <Episodes titleId={titleId} number={season.number} /> : null}
    </details>
  );
}

function Episodes({ titleId, number }: { titleId: string; number: number }) {
  const episodes = useQuery(seasonOptions(titleId, number));
  if (episodes.isPending) return <div className="p-4"><SkeletonRows count={3} /></div>;
  if (episodes.isError) return <div className="p-4"><ErrorNote error={episodes.error} onRetry={() => void episodes.refetch()} /></div>;
  if (episodes.data.length === 0) return <p className="px-4 pb-4 text-quiet">No episode of this season is known yet. Edit the work to add them.</p>;
  return (
    <ol className="pb-2">
      {episodes.data.map((episode) => (
        <li key={episode.id} className="flex gap-4 px-4 py-2">
          <span className="w-6 shrink-0 text-right text-quiet tabular">{episode.number}</span>
          <div className="min-w-0 flex-1">
            <p className="font-medium">{episode.title ?? `Episode ${episode.number}`}</p>
            {episode.synopsis ? <p className="max-w-[62ch] text-quiet">{episode.synopsis}</p> : null}
          </div>
          <p className="shrink-0 text-right text-xs text-quiet tabular">
            {episode.aired_on ? <time dateTime={episode.aired_on} className="block">{formatShortDate(episode.aired_on)}</time> : null}
            {episode.runtime_minutes ? formatRuntime(episode.runtime_minutes) : null}
          </p>
        </li>
      ))}
    </ol>
  );
}
