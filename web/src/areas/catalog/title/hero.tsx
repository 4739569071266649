import { Link } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import type { ReactNode } from "react";
import type { TitleRead } from "@/api";
import { countryName, formatRuntime } from "@/lib/format";
import { KINDS, STATUSES } from "@/lib/labels";
import { ButtonLink } from "@/ui/button";
import { Poster } from "@/ui/poster/poster";
import { designOf } from "@/ui/poster/design";
import { Stars } from "@/ui/stars";
import { Badge } from "@/ui/states";
import { MarkMenu } from "./mark-menu";
import { RateControl } from "./rate-control";
import { TitleMenu } from "./title-menu";

function Meta({ title }: { title: TitleRead }) {
  const makers = title.credits.filter((credit) => ["director", "author", "creator", "artist", "composer", "developer"].includes(credit.job));
  const unique = [...new Map(makers.map(({ person }) => [person.id, person])).values()].slice(0, 3);
  const parts: ReactNode[] = [
    title.year,
    KINDS[title.kind],
    title.runtime_minutes ? formatRuntime(title.runtime_minutes) : null,
    title.countries.map(countryName).join(", "),
    ...unique.map((person) => <Link key={person.id} to="/people/$personId" params={{ personId: person.slug }} className="hover:text-ink hover:underline">{person.name}</Link>),
    title.age_rating,
  ].filter((part) => part !== null && part !== "");
  return (
    <p className="text-quiet tabular">
      {parts.map((part, index) => <span key={index}>{index > 0 ? <span aria-hidden> · </span> : null}{part}</span>)}
    </p>
  );
}

function Terms({ title }: { title: TitleRead }) {
  const groups = [
    ...title.genres.map(({ slug, name }) => ({ key: `genre-${slug}`, name, search: { genre: [slug] } })),
    ...title.tags.map(({ slug, name }) => ({ key: `tag-${slug}`, name: `#${name}`, search: { tag: [slug] } })),
  ];
  if (groups.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label="Genres and tags">
      {groups.map(({ key, name, search }) => (
        <li key={key}>
          <Link to="/" search={search} className="inline-flex h-7 items-center rounded-full border border-line bg-raised/70 px-2.5 text-xs text-quiet hover:border-line-strong hover:text-ink">
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface HeroProps {
  title: TitleRead;
  /** The one next action: lend, take back or add a copy. */
  primary: ReactNode;
  /** Opens what lets others edit this work; absent where the person may not decide that. */
  onShare?: (() => void) | undefined;
}

/** Who the work is, and the one thing to do with it next. */
export function Hero({ title, primary, onShare }: HeroProps) {
  // Posters are often dark; the light they throw is their hue at the brightness of a projector.
  const tint = `oklch(from ${title.poster?.dominant_color ?? designOf(title).palette.form} 0.66 max(c, 0.08) h)`;
  return (
    <section
      className="flex flex-col gap-6 overflow-hidden rounded-lg border border-line bg-raised p-4 sm:flex-row sm:gap-8 sm:p-8"
      style={{ backgroundImage: `linear-gradient(100deg, transparent 30%, color-mix(in oklab, ${tint} 22%, transparent))` }}
    >
      <div className="mx-auto w-44 shrink-0 sm:mx-0 sm:w-55">
        <Poster work={title} sizes="220px" eager className="shadow-raised" />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <div className="flex flex-col gap-1.5">
          <div className="flex items-start gap-3">
            <h1 className="min-w-0 flex-1 font-serif text-2xl font-semibold tracking-tight text-balance break-words sm:text-3xl">{title.title}</h1>
            {title.status === "published" ? null : <Badge tone="warning">{STATUSES[title.status]}</Badge>}
          </div>
          {title.original_title && title.original_title !== title.title ? <p className="font-serif text-base text-quiet italic">{title.original_title}</p> : null}
          <Meta title={title} />
        </div>
        {title.synopsis ? <p className="max-w-[62ch] font-serif text-base leading-relaxed whitespace-pre-line">{title.synopsis}</p> : null}
        <Terms title={title} />
        <div className="flex flex-wrap items-center gap-2">
          {primary}
          <MarkMenu title={title} />
          {title.can_edit ? (
            <ButtonLink><Link to="/titles/$titleId/edit" params={{ titleId: title.slug }}><Pencil size={16} aria-hidden />Edit</Link></ButtonLink>
          ) : null}
          <TitleMenu title={title} onShare={onShare} />
        </div>
        <div className="mt-auto flex flex-wrap items-center gap-x-8 gap-y-3 border-t border-line pt-4">
          <RateControl title={title} />
          {title.ratings.count > 0 && title.ratings.average !== null ? (
            <p className="flex items-center gap-2 text-quiet">
              <Stars value={title.ratings.average} />
              <span className="tabular">{title.ratings.average.toFixed(1)} from {title.ratings.count} in this space</span>
            </p>
          ) : null}
        </div>
      </div>
    </section>
  );
}
