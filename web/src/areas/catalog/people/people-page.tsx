import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Search, UserRound } from "lucide-react";
import { useEffect, useState } from "react";
import { plural } from "@/lib/format";
import { useSettled } from "@/lib/hooks";
import { Avatar } from "@/ui/avatar";
import { FeedList } from "@/ui/feed-list";
import { Page } from "@/ui/page";
import { Empty, SkeletonRows } from "@/ui/states";
import { peopleFeed } from "../data";

export function PeoplePage({ q }: { q: string }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  const settled = useSettled(typed.trim(), 250);
  const feed = useInfiniteQuery(peopleFeed(q));
  useEffect(() => {
    if (settled !== q) void navigate({ to: "/people", search: settled ? { q: settled } : {}, replace: true, resetScroll: false });
    // Typing moves the address, not the other way round.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <Page
      title="People"
      summary="Who made the works of this house"
      actions={
        <label className="relative w-64 max-w-full">
          <span className="sr-only">Find a person</span>
          <Search size={16} className="absolute top-1/2 left-3 -translate-y-1/2 text-quiet" aria-hidden />
          <input type="search" value={typed} onChange={(event) => setTyped(event.target.value)} placeholder="Find a person" className="h-10 w-full rounded-lg border border-line bg-raised pr-3 pl-9 hover:border-line-strong" />
        </label>
      }
    >
      <FeedList feed={feed} waiting={<SkeletonRows className="h-14" />}
        empty={<Empty icon={<UserRound size={22} aria-hidden />} title={q ? `Nobody called “${q}”` : "Nobody yet"}>{q ? "Try a part of the name." : "People come with the works: import a collection or add credits to a work."}</Empty>}>
        {(people) => (
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-1">
            {people.map((person) => (
              <li key={person.id}>
                <Link to="/people/$personId" params={{ personId: person.slug }} className="flex items-center gap-3 rounded-lg p-2 hover:bg-sunken">
                  <Avatar name={person.name} size={44} />
                  <span className="min-w-0">
                    <span className="block truncate font-medium">{person.name}</span>
                    <span className="text-xs text-quiet">{plural(person.titles_count, "work")}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </FeedList>
    </Page>
  );
}
