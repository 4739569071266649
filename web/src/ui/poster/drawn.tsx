import { memo } from "react";
import type { Kind } from "@/lib/labels";
import { cn } from "../cn";
import { designOf } from "./design";
import { drawMotif } from "./motifs";

interface DrawnProps {
  title: string;
  year: number | null | undefined;
  kind: Kind;
}

/** A typographic poster for a work without art. The caption beside it names the work, so readers skip it. */
export const DrawnPoster = memo(function DrawnPoster({ title, year, kind }: DrawnProps) {
  const { motif, palette, next } = designOf({ title, year, kind });
  const h = kind === "album" ? 200 : 300;
  return (
    <div aria-hidden className="@container absolute inset-0 overflow-hidden" style={{ backgroundColor: palette.ground }}>
      <svg viewBox={`0 0 200 ${h}`} preserveAspectRatio="xMidYMid slice" className="absolute inset-0 size-full">
        {drawMotif(motif, { w: 200, h, p: palette, next })}
      </svg>
      <div className="absolute inset-x-0 bottom-0 hidden h-3/5 @min-[64px]:block" style={{ backgroundImage: `linear-gradient(to top, ${palette.ground} 12%, transparent)` }} />
      {/* On a thumbnail the letters would be dust; the row beside it says the title. */}
      <div className="absolute inset-x-0 bottom-0 hidden p-[6cqi] text-white @min-[64px]:block">
        <p className={cn("line-clamp-4 font-serif font-semibold leading-[1.08] text-balance", sizeOf(title))}>{title}</p>
        {year ? <p className="mt-[1.5cqi] text-[max(0.6rem,5.5cqi)] leading-tight opacity-90 tabular">{year}</p> : null}
      </div>
    </div>
  );
});

/** Long titles and long words are set smaller, so that they break well instead of being cut. */
function sizeOf(title: string): string {
  const longest = Math.max(...title.split(/\s+/).map((word) => word.length));
  if (title.length > 42 || longest > 15) return "text-[8cqi]";
  if (title.length > 22 || longest > 10) return "text-[9.5cqi]";
  return "text-[11.5cqi]";
}
