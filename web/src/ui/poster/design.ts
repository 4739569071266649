import type { Kind } from "@/lib/labels";
import { chance, hash, pick } from "./chance";

export interface Palette {
  /** Dark ground, on which white text stands at more than 7 : 1. */
  ground: string;
  /** A step above the ground, for bands and bases. */
  deep: string;
  form: string;
  second: string;
  light: string;
}

export type Motif =
  | "beam" | "bars" | "rings" | "horizon" | "arch" | "stairs" | "waves" | "pixels" | "rays" | "tiles" | "spines" | "dots";

export interface PosterDesign {
  motif: Motif;
  palette: Palette;
  next: () => number;
}

/** Ground hue, form hue, light hue: pairs that hold side by side on one shelf. */
const HUES: readonly (readonly [number, number, number])[] = [
  [250, 250, 290], [20, 22, 65], [95, 105, 130], [150, 155, 185], [340, 350, 20], [285, 290, 310],
  [55, 60, 95], [195, 200, 225], [120, 118, 155], [30, 45, 85], [265, 320, 350], [215, 175, 120],
];

const MOTIFS: Record<Kind, readonly Motif[]> = {
  movie: ["beam", "horizon", "arch", "rays", "bars", "rings"],
  series: ["beam", "tiles", "waves", "rings", "bars"],
  album: ["rings", "bars", "waves", "horizon"],
  book: ["spines", "arch", "horizon", "stairs", "rings"],
  game: ["pixels", "stairs", "tiles", "rays"],
  comic: ["rays", "dots", "tiles", "beam"],
  other: ["tiles", "arch", "dots"],
};

export function designOf(work: { title: string; year?: number | null | undefined; kind: Kind }): PosterDesign {
  const next = chance(hash(`${work.kind}/${work.title.toLowerCase()}/${work.year ?? ""}`));
  const [ground, form, light] = pick(HUES, next);
  const motif = pick(MOTIFS[work.kind], next);
  return {
    motif,
    next,
    palette: {
      ground: `oklch(25% 0.055 ${ground})`,
      deep: `oklch(36% 0.085 ${ground})`,
      form: `oklch(${62 + next() * 8}% 0.14 ${form})`,
      second: `oklch(${48 + next() * 6}% 0.115 ${form})`,
      light: `oklch(${84 + next() * 6}% 0.1 ${light})`,
    },
  };
}
