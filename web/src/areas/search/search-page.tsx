import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Search, SearchX, UserRound } from "lucide-react";
import { useState } from "react";
import type { SearchHit } from "@/api";
import { itemsOf } from "@/lib/feed";
import { plural } from "@/lib/format";
import { type Kind, KINDS } from "@/lib/labels";
import { Button } from "@/ui/button";
import { ToggleChip } from "@/ui/chip";
import { FeedList } from "@/ui/feed-list";
import { Input } from "@/ui/field";
import { Page } from "@/ui/page";
import { Thumb } from "@/ui/poster/poster";
import { Badge, Empty, SkeletonRows } from "@/ui/states";
import { searchFeed } from "./data";
import { Highlight } from "./highlight";

interface SearchPageProps {
  q: string;
  kind: Kind[] | undefined;
}

export function SearchPage({ q, kind }: SearchPageProps) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  const feed = useInfiniteQuery({ ...searchFeed({ q, ...(kind ? { kind } : {}) }), enabled: q !== "" });
  const first = feed.data?.pages[0];
  const hits = itemsOf(feed.data);
  const kinds = first?.facets?.kind ?? [];
  const go = (next: { q: string; kind?: Kind[] | undefined }): void => void navigate({ to: "/search", search: { q: next.q, ...(next.kind?.length ? { kind: next.kind } : {}) } });
  const shownKinds = (Object.keys(KINDS) as Kind[]).filter((each) => (kind?.includes(each) ?? false) || kinds.some((facet) => facet.value === each));
  return (
    <Page title="Search" width="text" summary={first ? (typeof first.total === "number" ? plural(first.total, "result") : `${hits.length}${first.next_cursor ? "+" : ""} results`) : " "}>
      <form role="search" className="flex gap-2" onSubmit={(event) => { event.preventDefault(); go({ q: typed.trim(), kind }); }}>
        <Input key={q} type="search" aria-label="Search for" autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} placeholder="Title, person, barcode" className="h-12 text-base" />
        <Button look="primary" type="submit" icon={<Search size={16} aria-hidden />} className="h-12">Search</Button>
      </form>
      {shownKinds.length > 1 || kind ? (
        <div className="flex flex-wrap gap-2">
          {shownKinds.map((each) => <ToggleChip key={each} on={kind?.includes(each) ?? false} onClick={() => go({ q, kind: kind?.includes(each) ? kind.filter((one) => one !== each) : [...(kind ?? []), each] })}>{KINDS[each]}</ToggleChip>)}
        </div>
      ) : null}
      {first?.did_you_mean ? (
        <p>Did you mean <Link to="/search" search={{ q: first.did_you_mean }} onClick={() => setTyped(first.did_you_mean ?? "")} className="font-medium text-accent underline underline-offset-2">{first.did_you_mean}</Link>?</p>
      ) : null}
      <FeedList feed={feed} waiting={<SkeletonRows className="h-16" />}
        empty={<Empty icon={<SearchX size={22} aria-hidden />} title={`Nothing found for “${q}”`}>Try fewer words, or another spelling. Original titles, people and barcodes are searched too.</Empty>}>
        {(hits) => <ol className="flex flex-col">{hits.map((hit) => <Hit key={hit.title?.id ?? hit.person?.id} hit={hit} />)}</ol>}
      </FeedList>
    </Page>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const rowClass = "flex items-center gap-4 rounded-lg px-3 py-2 hover:bg-sunken";
  if (hit.title) {
    const work = hit.title;
    return (
      <li>
        <Link to="/titles/$titleId" params={{ titleId: work.slug }} className={rowClass}>
          <Thumb work={work} className="h-16 w-11" />
          <span className="min-w-0 flex-1">
            <span className="block font-serif text-base font-semibold"><Highlight html={hit.highlight || work.title} /></span>
            <span className="block truncate text-quiet tabular">{[work.year, KINDS[work.kind], work.people].filter(Boolean).join(" · ")}</span>
          </span>
          {work.is_on_loan ? <Badge tone="accent">Lent</Badge> : null}
          {work.copies_count > 0 ? <span className="text-xs text-quiet">{plural(work.copies_count, "copy", "copies")}</span> : null}
        </Link>
      </li>
    );
  }
  if (!hit.person) return null;
  return (
    <li>
      <Link to="/people/$personId" params={{ personId: hit.person.slug }} className={rowClass}>
        <span className="grid h-16 w-11 shrink-0 place-items-center rounded-sm bg-sunken text-quiet"><UserRound size={18} aria-hidden /></span>
        <span className="min-w-0 flex-1">
          <span className="block font-serif text-base font-semibold"><Highlight html={hit.highlight || hit.person.name} /></span>
          <span className="text-quiet">Person</span>
        </span>
      </Link>
    </li>
  );
}
