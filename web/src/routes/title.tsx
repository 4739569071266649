import { useSuspenseQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { titleOptions } from "@/areas/catalog/data";
import { Credits } from "@/areas/catalog/title/credits";
import { Facts, Tracks } from "@/areas/catalog/title/details";
import { Hero } from "@/areas/catalog/title/hero";
import { Notes } from "@/areas/catalog/title/notes";
import { Seasons } from "@/areas/catalog/title/seasons";
import { PrimaryAction } from "@/areas/library/primary-action";
import { Shelf } from "@/areas/library/shelf";
import type { Kind } from "@/lib/labels";
import { useCan } from "@/lib/session";

const Airings = lazy(async () => ({ default: (await import("@/areas/live/airings")).Airings }));
const History = lazy(async () => ({ default: (await import("@/areas/activity/history")).History }));

const ShareDialog = lazy(async () => ({ default: (await import("@/areas/spaces/share/share-dialog")).ShareDialog }));

/** The kinds of works that television shows. */
const AIRED = new Set<Kind>(["movie", "series", "other"]);

/** The heart of the house: everything about one work, put together from the areas that know it. */
export function TitlePage({ titleId }: { titleId: string }) {
  const { data: title } = useSuspenseQuery(titleOptions(titleId));
  const can = useCan();
  const mayShare = can("spaces.role.manage");
  const [isSharing, setSharing] = useState(false);
  return (
    <article className="flex flex-col gap-10">
      <title>{`${title.title} · Mediatheque`}</title>
      <Hero title={title} primary={<PrimaryAction title={title} />} onShare={mayShare ? () => setSharing(true) : undefined} />
      <div className="grid grid-cols-1 items-start gap-10 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="flex min-w-0 flex-col gap-10">
          <Shelf title={title} />
          {AIRED.has(title.kind) && can("live.guide.read") ? <Suspense fallback={null}><Airings titleId={title.id} /></Suspense> : null}
          <Seasons titleId={title.id} seasons={title.seasons} />
          <Tracks title={title} />
          <Credits credits={title.credits} />
          <Notes title={title} />
        </div>
        <div className="flex min-w-0 flex-col gap-10">
          <Facts title={title} />
          <Suspense fallback={null}><History titleId={title.id} /></Suspense>
        </div>
      </div>
      {isSharing ? <Suspense fallback={null}><ShareDialog thing={{ kind: "title", id: title.id, label: title.title }} onClose={() => setSharing(false)} /></Suspense> : null}
    </article>
  );
}
