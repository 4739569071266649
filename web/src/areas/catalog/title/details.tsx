import type { ReactNode } from "react";
import type { TitleRead } from "@/api";
import { formatDate, formatRuntime, formatSeconds, formatShortDate, languageName } from "@/lib/format";
import { humanise } from "@/lib/labels";
import { asWords } from "@/lib/words";
import { Card, Section } from "@/ui/page";
import { readTracks } from "../details";

const EXTERNAL: Record<string, { label: string; url?: (id: string, kind: string) => string }> = {
  imdb: { label: "IMDb", url: (id) => `https://www.imdb.com/title/${id}/` },
  tmdb: { label: "TMDB", url: (id, kind) => `https://www.themoviedb.org/${kind === "series" ? "tv" : "movie"}/${id}` },
  tvdb: { label: "TheTVDB" },
  isbn13: { label: "ISBN", url: (id) => `https://openlibrary.org/isbn/${id}` },
  musicbrainz: { label: "MusicBrainz", url: (id) => `https://musicbrainz.org/release-group/${id}` },
  mal: { label: "MyAnimeList", url: (id) => `https://myanimelist.net/anime/${id}` },
  upc: { label: "UPC" },
};

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 py-2">
      <dt className="w-28 shrink-0 text-quiet">{label}</dt>
      <dd className="min-w-0 flex-1 break-words">{children}</dd>
    </div>
  );
}

/** The plain facts: dates, languages, what the kind brings, and where else the work is known. */
export function Facts({ title }: { title: TitleRead }) {
  const own = Object.entries(title.details).filter(([key, value]) => key !== "tracks" && key !== "kind" && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0));
  const lists = [["Moods", title.moods], ["Themes", title.themes]] as const;
  return (
    <Section title="Details">
      <Card className="px-4 py-1">
        <dl className="divide-y divide-line">
          {title.released_on ? <Fact label="Released">{formatDate(title.released_on)}</Fact> : null}
          {title.runtime_minutes ? <Fact label="Length">{formatRuntime(title.runtime_minutes)}</Fact> : null}
          {title.minimum_age === null ? null : <Fact label="From the age of">{title.minimum_age}</Fact>}
          {title.languages.length > 0 ? <Fact label="Languages">{title.languages.map(languageName).join(", ")}</Fact> : null}
          {own.map(([key, value]) => <Fact key={key} label={key === "isbn13" ? "ISBN" : humanise(key)}>{asWords(value)}</Fact>)}
          {lists.map(([label, terms]) => terms.length > 0 ? <Fact key={label} label={label}>{terms.map((term) => term.name).join(", ")}</Fact> : null)}
          {Object.entries(title.external_ids).map(([scheme, id]) => {
            const known = EXTERNAL[scheme];
            const url = known?.url?.(id, title.kind);
            return (
              <Fact key={scheme} label={known?.label ?? humanise(scheme)}>
                {url ? <a href={url} target="_blank" rel="noreferrer" className="underline decoration-line-strong underline-offset-2 hover:decoration-current">{id}</a> : id}
              </Fact>
            );
          })}
          <Fact label="Added"><time dateTime={title.created_at}>{formatShortDate(title.created_at)}</time>{title.added_by ? ` by ${title.added_by.name}` : ""}</Fact>
        </dl>
      </Card>
    </Section>
  );
}

export function Tracks({ title }: { title: TitleRead }) {
  const tracks = readTracks(title.details);
  if (tracks.length === 0) return null;
  const total = tracks.reduce((sum, track) => sum + (track.seconds ?? 0), 0);
  return (
    <Section title="Tracks" actions={total > 0 ? <span className="text-quiet tabular">{formatRuntime(Math.round(total / 60))}</span> : null}>
      <Card>
        <ol className="divide-y divide-line">
          {tracks.map((track, index) => (
            <li key={index} className="flex items-baseline gap-4 px-4 py-2.5">
              <span className="w-6 shrink-0 text-right text-quiet tabular">{track.position}</span>
              <span className="min-w-0 flex-1">{track.title}</span>
              {track.seconds ? <span className="text-quiet tabular">{formatSeconds(track.seconds)}</span> : null}
            </li>
          ))}
        </ol>
      </Card>
    </Section>
  );
}
