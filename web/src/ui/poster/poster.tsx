import { decode, isBlurhashValid } from "blurhash";
import { memo, useEffect, useRef, useState } from "react";
import type { Picture } from "@/api";
import type { Kind } from "@/lib/labels";
import { cn } from "../cn";
import { DrawnPoster } from "./drawn";

export interface PosterWork {
  title: string;
  year?: number | null;
  kind: Kind;
  poster?: Picture | null;
}

interface PosterProps {
  work: PosterWork;
  /** Shown width, in the words of the `sizes` attribute. */
  sizes?: string;
  /** Above the fold: loaded at once and first. */
  eager?: boolean;
  className?: string;
}

const BLUR = 24;

function Blur({ blurhash }: { blurhash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !isBlurhashValid(blurhash).result) return;
    const image = context.createImageData(BLUR, BLUR);
    image.data.set(decode(blurhash, BLUR, BLUR));
    context.putImageData(image, 0, 0);
  }, [blurhash]);
  return <canvas ref={canvas} width={BLUR} height={BLUR} aria-hidden className="absolute inset-0 size-full" />;
}

function Art({ work, image, sizes, eager }: { work: PosterWork; image: Picture; sizes: string; eager: boolean }) {
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  const sources = image.sources;
  if (state === "failed") return <DrawnPoster title={work.title} year={work.year ?? null} kind={work.kind} />;
  return (
    <>
      {image.blurhash && state === "loading" ? <Blur blurhash={image.blurhash} /> : null}
      <img
        src={sources.medium}
        srcSet={`${sources.small} 150w, ${sources.medium} 600w, ${sources.large} 1200w`}
        sizes={sizes}
        width={image.width ?? undefined}
        height={image.height ?? undefined}
        alt=""
        loading={eager ? "eager" : "lazy"}
        decoding="async"
        fetchPriority={eager ? "high" : "auto"}
        ref={(node) => { if (node?.complete && node.naturalWidth > 0) setState("shown"); }}
        onLoad={() => setState("shown")}
        onError={() => setState("failed")}
        className={cn("absolute inset-0 size-full object-cover transition-opacity duration-200", state === "shown" ? "opacity-100" : "opacity-0")}
      />
    </>
  );
}

/** Poster (2 : 3) or cover (1 : 1) of a work: its art, or a drawing from title, year and kind. Never a grey box. */
export const Poster = memo(function Poster({ work, sizes = "180px", eager = false, className }: PosterProps) {
  const image = work.poster;
  return (
    <div
      className={cn("relative isolate overflow-hidden rounded-sm", work.kind === "album" ? "aspect-square" : "aspect-2/3", className)}
      style={image?.dominant_color ? { backgroundColor: image.dominant_color } : undefined}
    >
      {image ? null : <DrawnPoster title={work.title} year={work.year ?? null} kind={work.kind} />}
      {image ? <Art work={work} image={image} sizes={sizes} eager={eager} /> : null}
    </div>
  );
});

/** The small picture at the start of a dense row. */
export function Thumb({ work, className }: { work: PosterWork; className?: string }) {
  return (
    <div className={cn("grid h-12 w-9 shrink-0 place-items-center", className)}>
      <Poster work={work} sizes="40px" className="w-full" />
    </div>
  );
}
