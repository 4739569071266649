import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { RecommendedRead } from "@/api";
import { useSpace } from "@/lib/session";
import type { Stored } from "@/lib/stored";
import { ToggleChip } from "@/ui/chip";
import { Rail } from "@/ui/rail";
import { recommendedOptions } from "./recommended";
import { RecommendedCard } from "./recommended-card";
import type { Known } from "./television";
import { eveningOf } from "./time";
import { useNow } from "./use-now";

const Player = lazy(async () => ({ default: (await import("./player")).Player }));

interface OnNowProps {
  /** Keeps whether there is television. */
  memory: Stored<Known>;
  /** What stands in its place, and in that of its cards, until they have come. */
  room: ReactNode;
  waiting: ReactNode;
}

/** What is on for me: now, and this evening. Nothing at all where there is no television. */
export function OnNow({ memory, room, waiting }: OnNowProps) {
  const now = useNow();
  const zone = useSpace()?.time_zone ?? "UTC";
  const [isEvening, setEvening] = useState(false);
  const [playing, setPlaying] = useState<RecommendedRead | null>(null);
  const current = useQuery(recommendedOptions());
  const evening = useQuery({ ...recommendedOptions(eveningOf(now, zone)), enabled: isEvening });
  const known = memory.use();
  const found = current.data;
  useEffect(() => { if (found) memory.set(found.length > 0 ? "yes" : "no"); }, [found, memory]);
  // Room is kept where there was something last time, so that the works below stay where they are.
  if (found ? found.length === 0 : known !== "yes" || current.isError) return null;
  if (!found) return room;
  const shown = isEvening ? evening.data : found.filter((one) => Date.parse(one.stop_at) > now);
  return (
    <>
      <Rail label="On television" heading={(
        <>
          <h2 className="mr-2 font-serif text-lg font-semibold">On television</h2>
          <ToggleChip on={!isEvening} onClick={() => setEvening(false)}>On now</ToggleChip>
          <ToggleChip on={isEvening} onClick={() => setEvening(true)}>Tonight for you</ToggleChip>
          <Link to="/guide" search={{}} className="ml-auto hidden h-8 items-center px-2 text-xs font-medium text-accent hover:underline sm:inline-flex">Guide</Link>
        </>
      )}>
        {shown?.map((one) => <RecommendedCard key={one.id} one={one} now={now} onPlay={() => setPlaying(one)} />)}
        {shown ? null : waiting}
        {shown?.length === 0 ? <li className="flex h-32 items-center text-quiet">Nothing more begins this evening.</li> : null}
      </Rail>
      {playing ? <Suspense fallback={null}><Player channel={{ id: playing.channel_id, name: playing.channel_name }} onClose={() => setPlaying(null)} /></Suspense> : null}
    </>
  );
}
