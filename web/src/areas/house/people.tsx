import { useInfiniteQuery } from "@tanstack/react-query";
import { Search, UsersRound } from "lucide-react";
import { useState } from "react";
import type { AdministratorRead, PersonSummary } from "@/api";
import { formatAgo, formatShortDate } from "@/lib/format";
import { useSettled } from "@/lib/hooks";
import { humanise } from "@/lib/labels";
import { Avatar } from "@/ui/avatar";
import { FeedList } from "@/ui/feed-list";
import { Input, Select } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { Badge, Empty, SkeletonRows } from "@/ui/states";
import { peopleFeed, type PeopleQuery } from "./admin-data";
import { PersonPanel } from "./person-panel";

/** All accounts of the house, found by address, role and status. */
export function People({ admin }: { admin: AdministratorRead }) {
  const [text, setText] = useState("");
  const [role, setRole] = useState("");
  const [status, setStatus] = useState("");
  const [open, setOpen] = useState<PersonSummary | null>(null);
  const email = useSettled(text.trim(), 250);
  const query = { ...(email ? { email } : {}), ...(role ? { role } : {}), ...(status ? { status } : {}) } as PeopleQuery;
  const feed = useInfiniteQuery(peopleFeed(query));
  return (
    <Section title="People">
      <div className="flex flex-wrap gap-2">
        <div className="relative min-w-56 flex-1">
          <Search size={16} className="pointer-events-none absolute top-3 left-3 text-quiet" aria-hidden />
          <Input type="search" aria-label="Search by e-mail" placeholder="E-mail" value={text} onChange={(event) => setText(event.target.value)} className="pl-9" />
        </div>
        <Select aria-label="Role in the house" className="w-44" value={role} blank="Any role" options={["owner", "operator", "auditor", "none"].map((value) => ({ value, label: value === "none" ? "No role" : humanise(value) }))} onValue={setRole} />
        <Select aria-label="Status" className="w-40" value={status} blank="Any status" options={[{ value: "active", label: "Active" }, { value: "suspended", label: "Suspended" }]} onValue={setStatus} />
      </div>
      <FeedList feed={feed} waiting={<SkeletonRows count={4} className="h-14" />}
        empty={<Empty icon={<UsersRound size={20} aria-hidden />} title="Nobody found">Try a part of the address.</Empty>}>
        {(people) => (
          <Card>
            <ul className="divide-y divide-line">
              {people.map((person) => (
                <li key={person.id}>
                  <button type="button" onClick={() => setOpen(person)} className="flex w-full flex-wrap items-center gap-3 px-4 py-3 text-left -outline-offset-2 transition-colors hover:bg-sunken/60">
                    <Avatar name={person.name} size={32} />
                    <span className="min-w-0 flex-1 basis-48"><span className="block font-medium">{person.name}</span><span className="block truncate text-xs text-quiet">{person.email}</span></span>
                    {person.role ? <Badge tone="accent">{humanise(person.role)}</Badge> : null}
                    {person.status === "suspended" ? <Badge tone="danger">Suspended</Badge> : null}
                    <span className="text-xs text-quiet max-sm:-mt-2 max-sm:ml-11 max-sm:basis-full">{person.last_login_at ? `here ${formatAgo(person.last_login_at)}` : `signed up ${formatShortDate(person.created_at)}`}</span>
                  </button>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </FeedList>
      {open ? <PersonPanel id={open.id} name={open.name} admin={admin} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}
