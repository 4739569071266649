import { useQuery, useQueryClient } from "@tanstack/react-query";
import { DoorOpen } from "lucide-react";
import { useState } from "react";
import { spacesEndSupport, spacesListSupportSessions, spacesStartSupport, type SupportRead } from "@/api";
import { formatDateTime } from "@/lib/format";
import { labelOf, ROLES } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { sessionOptions } from "@/lib/session";
import { Button } from "@/ui/button";
import { FormDialog } from "@/ui/dialog";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { Badge, Empty, ErrorNote, FormError, SkeletonRows } from "@/ui/states";
import { houseSpacesOptions } from "./admin-data";

/** Owning the house is no membership: who must look into a space says why, and for how long. */
export function SupportVisits() {
  const [isAsking, setAsking] = useState(false);
  const visits = useQuery({ queryKey: [{ _id: "spacesListSupportSessions" }], queryFn: async ({ signal }) => (await spacesListSupportSessions({ signal })).data.items });
  const ask = <Button icon={<DoorOpen size={16} aria-hidden />} onClick={() => setAsking(true)}>Visit a space</Button>;
  return (
    <Section title="Support visits" actions={visits.data && visits.data.length > 0 ? ask : null}>
      {visits.isPending ? <SkeletonRows count={2} /> : null}
      {visits.isError ? <ErrorNote error={visits.error} onRetry={() => void visits.refetch()} /> : null}
      {visits.data?.length === 0 ? <Empty icon={<DoorOpen size={20} aria-hidden />} title="No visits" actions={ask}>A visit lasts some hours, has a reason, and stands in the audit of the space.</Empty> : null}
      {visits.data && visits.data.length > 0 ? <Card><ul className="divide-y divide-line">{visits.data.map((visit) => <Row key={visit.id} visit={visit} />)}</ul></Card> : null}
      {isAsking ? <VisitDialog onClose={() => setAsking(false)} /> : null}
    </Section>
  );
}

function Row({ visit }: { visit: SupportRead }) {
  const client = useQueryClient();
  const end = useAction({ run: () => spacesEndSupport({ path: { support_id: visit.id } }), touches: ["spaces"], done: "The visit is over", onDone: () => void client.invalidateQueries({ queryKey: sessionOptions.queryKey }) });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2 font-medium">{visit.space}<Badge>{labelOf(ROLES, visit.role)}</Badge>{visit.is_open ? <Badge tone="warning">Open</Badge> : null}</p>
        <p className="text-xs text-quiet">{visit.name}: {visit.reason}</p>
        <p className="text-xs text-quiet">{formatDateTime(visit.started_at)} to {formatDateTime(visit.ended_at ?? visit.expires_at)}</p>
      </div>
      {visit.is_open ? <Button size="s" busy={end.isPending} onClick={() => end.mutate()}>End it</Button> : null}
    </li>
  );
}

function VisitDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const spaces = useQuery(houseSpacesOptions);
  const [draft, setDraft] = useState({ space: "", reason: "", hours: "1", role: "viewer" });
  const start = useAction({
    inline: true,
    run: () => spacesStartSupport({ body: { space: draft.space, reason: draft.reason.trim(), hours: Number(draft.hours), role: draft.role as "viewer" } }),
    touches: ["spaces"],
    done: "You are let in; change to the space in the sidebar",
    onDone: () => { void client.invalidateQueries({ queryKey: sessionOptions.queryKey }); onClose(); },
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Visit a space" description="Its owners see the visit and the reason in their audit." submit="Go in" busy={start.isPending} disabled={draft.space === "" || draft.reason.trim() === ""} onSubmit={() => start.mutate()}>
      <FormError error={start.error} />
      <Field label="Space"><Select value={draft.space} blank="Choose one" options={spaces.data?.filter((space) => !space.archived_at).map((space) => ({ value: space.slug, label: space.name })) ?? []} onValue={(space) => setDraft({ ...draft, space })} /></Field>
      <Field label="Why"><Textarea rows={2} required value={draft.reason} onChange={(event) => setDraft({ ...draft, reason: event.target.value })} /></Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label="Hours"><Input type="number" min={1} max={24} value={draft.hours} onChange={(event) => setDraft({ ...draft, hours: event.target.value })} /></Field>
        <Field label="As"><Select value={draft.role} options={["viewer", "support", "member", "catalog_editor", "manager"].map((value) => ({ value, label: labelOf(ROLES, value) }))} onValue={(role) => setDraft({ ...draft, role })} /></Field>
      </div>
    </FormDialog>
  );
}
