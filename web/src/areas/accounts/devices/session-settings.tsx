import { useQuery } from "@tanstack/react-query";
import { Laptop, Smartphone, Tv } from "lucide-react";
import { accountsEndSession, accountsEndSessions, accountsListSessions, type SessionInfo } from "@/api";
import { formatAgo, formatShortDate } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { deviceName } from "../device-name";

export function SessionSettings() {
  const sessions = useQuery({ queryKey: [{ _id: "accountsListSessions" }], queryFn: async ({ signal }) => (await accountsListSessions({ signal })).data.items });
  const endOthers = useAction({ run: () => accountsEndSessions({ query: { keep_current: true } }), touches: ["accounts"], done: "All other devices are signed out" });
  return (
    <Section title="Where you are signed in" actions={sessions.data && sessions.data.length > 1 ? <Button size="s" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>Sign out everywhere else</Button> : null}>
      {sessions.isPending ? <SkeletonRows count={2} className="h-16" /> : null}
      {sessions.isError ? <ErrorNote error={sessions.error} onRetry={() => void sessions.refetch()} /> : null}
      {sessions.data ? <Card><ul className="divide-y divide-line">{sessions.data.map((session) => <Row key={session.id} session={session} />)}</ul></Card> : null}
    </Section>
  );
}

function Row({ session }: { session: SessionInfo }) {
  const end = useAction({ run: () => accountsEndSession({ path: { session_id: session.id } }), touches: ["accounts"], done: "That device is signed out" });
  const name = session.device || deviceName(session.user_agent);
  const Icon = session.kind === "device" ? Tv : /iPhone|Android/.test(name) ? Smartphone : Laptop;
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <Icon size={18} className="text-quiet" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">{name}{session.is_current ? <Badge tone="positive">This device</Badge> : null}{session.audience === "admin" ? <Badge tone="warning">Administration</Badge> : null}</p>
        <p className="text-xs text-quiet tabular">{[session.ip, `signed in ${formatShortDate(session.created_at)}`, `last seen ${formatAgo(session.last_seen_at)}`].filter(Boolean).join(" · ")}</p>
      </div>
      {session.is_current ? null : <Button size="s" busy={end.isPending} onClick={() => end.mutate()}>Sign out</Button>}
    </li>
  );
}
