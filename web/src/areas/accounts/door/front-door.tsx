import type { ReactNode } from "react";
import { DrawnPoster } from "@/ui/poster/drawn";

const WALL = [
  { title: "Metropolis", year: 1927, kind: "movie" }, { title: "Frankenstein", year: 1818, kind: "book" },
  { title: "Nosferatu", year: 1922, kind: "movie" }, { title: "The Planets", year: 1918, kind: "book" },
  { title: "Sherlock Jr.", year: 1924, kind: "movie" }, { title: "Little Nemo", year: 1905, kind: "comic" },
  { title: "Häxan", year: 1922, kind: "movie" }, { title: "Dracula", year: 1897, kind: "book" },
  { title: "Faust", year: 1926, kind: "series" }, { title: "Safety Last!", year: 1923, kind: "movie" },
  { title: "Pong", year: 1972, kind: "game" }, { title: "Körkarlen", year: 1921, kind: "movie" },
] as const;

/** The pages before sign-in: one card, and a wall of posters where there is room for it. */
export function FrontDoor({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_1.2fr]">
      <title>{`${title} · Mediatheque`}</title>
      <main className="flex flex-col justify-center px-6 py-10 sm:px-12">
        <div className="mx-auto w-full max-w-sm">
          <p className="mb-10 font-serif text-lg font-semibold tracking-tight">Média<span className="text-accent">thèque</span></p>
          {children}
        </div>
      </main>
      <div aria-hidden className="relative hidden overflow-hidden bg-sunken lg:block">
        <div className="absolute -inset-x-10 -top-24 grid rotate-[-4deg] grid-cols-4 gap-5">
          {[...WALL, ...WALL.toReversed()].map((work, index) => (
            <div key={index} className={`relative aspect-2/3 overflow-hidden rounded-sm shadow-raised ${index % 2 === 0 ? "" : "translate-y-10"}`}><DrawnPoster {...work} /></div>
          ))}
        </div>
      </div>
    </div>
  );
}
