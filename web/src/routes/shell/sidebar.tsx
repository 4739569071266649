import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { formatNumber } from "@/lib/format";
import { asText, parseSearch } from "@/lib/search-params";
import { useCan, useSession } from "@/lib/session";
import { librariesOptions, reviewCountOptions } from "./places";
import { SpaceSwitch } from "./space-switch";

const rowClass =
  "flex min-h-9 items-center gap-2 rounded-sm px-3 text-sm text-quiet transition-colors duration-100 hover:bg-accent-soft/60 hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-ink";

interface RowProps {
  link: Pick<LinkProps, "to" | "search">;
  count?: number | undefined;
  countLabel?: string;
  /** Where the path alone does not tell. */
  isActive?: boolean;
  onGo?: (() => void) | undefined;
  children: ReactNode;
}

function Row({ link, count, countLabel, isActive, onGo, children }: RowProps) {
  return (
    <li>
      <Link
        {...link}
        className={rowClass}
        activeOptions={{ exact: isActive !== undefined, includeSearch: isActive !== undefined }}
        {...(isActive ? { "data-status": "active", "aria-current": "page" } : {})}
        onClick={() => onGo?.()}
      >
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count === undefined ? null : <span className="text-xs tabular">{formatNumber(count)}{countLabel ? <span className="sr-only"> {countLabel}</span> : null}</span>}
      </Link>
    </li>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h2 className="px-3 pb-1.5 text-xs font-medium text-quiet">{title}</h2>
      <ul className="flex flex-col gap-0.5">{children}</ul>
    </div>
  );
}

/** All places of the house that this person may go to. */
export function Sidebar({ onGo }: { onGo?: () => void }) {
  const can = useCan();
  const { user, profile } = useSession();
  const location = useRouterState({ select: (state) => state.location });
  const isWorks = location.pathname === "/";
  const shelf = asText(parseSearch(location.searchStr).library);
  const libraries = useQuery(librariesOptions);
  const mayReview = can("exchange.review.decide");
  const review = useQuery({ ...reviewCountOptions, enabled: mayReview });
  const shelves = libraries.data?.filter((library) => !library.archived_at) ?? [];
  return (
    <nav aria-label="Main" className="flex flex-1 flex-col gap-5 px-3 py-4">
      <div className="flex flex-col gap-3">
        <Link to="/" onClick={onGo} className="px-3 font-serif text-lg font-semibold tracking-tight" aria-label="Mediatheque, all works">
          Média<span className="text-accent">thèque</span>
        </Link>
        <SpaceSwitch />
      </div>
      <Group title="Library">
        <Row link={{ to: "/", search: {} }} isActive={isWorks && !shelf} onGo={onGo}>All works</Row>
        {shelves.length > 1 ? shelves.map((library) => (
          <Row key={library.id} link={{ to: "/", search: { library: [library.slug] } }} count={library.titles_count} countLabel="works" isActive={isWorks && shelf === library.slug} onGo={onGo}>{library.name}</Row>
        )) : null}
        <Row link={{ to: "/copies" }} onGo={onGo}>Copies</Row>
        <Row link={{ to: "/loans" }} onGo={onGo}>Loans</Row>
        <Row link={{ to: "/people" }} onGo={onGo}>People</Row>
        <Row link={{ to: "/libraries" }} onGo={onGo}>Libraries</Row>
      </Group>
      {can("live.guide.read") ? (
        <Group title="Television">
          <Row link={{ to: "/guide", search: {} }} onGo={onGo}>Guide</Row>
          {can("live.schedule.edit") ? <Row link={{ to: "/schedule", search: {} }} onGo={onGo}>Schedule</Row> : null}
          <Row link={{ to: "/channels" }} onGo={onGo}>Channels</Row>
          <Row link={{ to: "/reminders" }} onGo={onGo}>Reminders</Row>
          <Row link={{ to: "/watched" }} onGo={onGo}>Watched</Row>
          {profile?.is_limited ? null : <Row link={{ to: "/players" }} onGo={onGo}>Players</Row>}
        </Group>
      ) : null}
      {can("exchange.import.read") || mayReview ? (
        <Group title="Bring in">
          {can("exchange.import.read") ? <Row link={{ to: "/imports" }} onGo={onGo}>Imports</Row> : null}
          {mayReview ? <Row link={{ to: "/review" }} count={review.data === 0 ? undefined : review.data} countLabel="open" onGo={onGo}>Review</Row> : null}
          {can("catalog.title.merge") ? <Row link={{ to: "/duplicates" }} onGo={onGo}>Duplicates</Row> : null}
        </Group>
      ) : null}
      <Group title="Space">
        {can("spaces.member.read") ? <Row link={{ to: "/members" }} onGo={onGo}>Members</Row> : null}
        {can("audit.activity.read") ? <Row link={{ to: "/activity" }} onGo={onGo}>Activity</Row> : null}
        {can("audit.entry.read") ? <Row link={{ to: "/audit", search: {} }} onGo={onGo}>Audit</Row> : null}
        <Row link={{ to: "/space" }} onGo={onGo}>Settings</Row>
      </Group>
      {user.instance_role ? (
        <Group title="House">
          <Row link={{ to: "/desk" }} onGo={onGo}>House desk</Row>
          {user.is_instance_owner ? <Row link={{ to: "/letters" }} onGo={onGo}>Letters</Row> : null}
        </Group>
      ) : null}
    </nav>
  );
}
