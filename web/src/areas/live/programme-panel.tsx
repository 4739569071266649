import { useQuery } from "@tanstack/react-query";
import { Bell, BellOff, Play } from "lucide-react";
import { liveRemoveReminder, liveSetReminder, type ProgrammeRead } from "@/api";
import { formatDate } from "@/lib/format";
import { humanise } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { SidePanel } from "@/ui/side-panel";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { programmeOptions } from "./data";
import { ProgrammeWork } from "./programme-work";
import { span } from "./time";
import { useNow } from "./use-now";

interface Credit { name?: string; job?: string; role?: string }

function credits(programme: ProgrammeRead): Credit[] {
  const given: unknown = programme.detail?.credits;
  return Array.isArray(given) ? given.filter((one): one is Credit => typeof one === "object" && one !== null && "name" in one) : [];
}

/** All about one programme, beside the guide. */
export function ProgrammePanel({ id, onClose, onPlay }: { id: string; onClose: () => void; onPlay: (channel: string) => void }) {
  const found = useQuery(programmeOptions(id));
  const now = useNow();
  const set = useAction({ run: async () => (await liveSetReminder({ body: { programme_id: id } })).data, touches: ["live"], done: (made) => (Date.parse(made.notify_at) <= Date.now() ? "It starts soon: you will be told at once" : `You will be reminded ${made.minutes_before} minutes before`) });
  const unset = useAction({ run: async (reminder: string) => { await liveRemoveReminder({ path: { reminder_id: reminder } }); }, touches: ["live"], done: "No reminder any more" });
  const programme = found.data;
  const isAhead = programme ? Date.parse(programme.start_at) > now : false;
  const isOn = programme ? !isAhead && Date.parse(programme.stop_at) > now : false;
  const place = programme?.season || programme?.episode ? [programme.season ? `Season ${programme.season}` : null, programme.episode ? `Episode ${programme.episode}` : null].filter(Boolean).join(", ") : null;
  return (
    <SidePanel label={programme?.title ?? "Programme"} onClose={onClose}
      title={programme ? <><h2 className="font-serif text-lg font-semibold">{programme.title}</h2>{programme.sub_title ? <p className="text-quiet">{programme.sub_title}</p> : null}</> : <h2>Programme</h2>}
      footer={programme && (isAhead || (isOn && programme.is_playable && programme.is_entitled)) ? (
        <>
          {isAhead ? programme.reminder_id
            ? <Button icon={<BellOff size={16} aria-hidden />} busy={unset.isPending} onClick={() => unset.mutate(programme.reminder_id ?? "")}>Remove reminder</Button>
            : <Button look="primary" icon={<Bell size={16} aria-hidden />} busy={set.isPending} onClick={() => set.mutate()}>Remind me</Button> : null}
          {isOn && programme.is_playable && programme.is_entitled ? <Button look="primary" icon={<Play size={16} aria-hidden />} onClick={() => onPlay(programme.channel_id)}>Play now</Button> : null}
        </>
      ) : null}>
      {found.isPending ? <SkeletonRows count={4} /> : null}
      {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {programme ? (
        <>
          <p className="tabular">{programme.channel_name} · {formatDate(programme.start_at)} · {span(programme.start_at, programme.stop_at)}</p>
          <div className="flex flex-wrap gap-2">
            {isOn ? <Badge tone="accent">On now</Badge> : null}
            {programme.is_premiere ? <Badge tone="plain">Premiere</Badge> : null}
            {programme.is_new ? <Badge tone="plain">New</Badge> : null}
            {programme.is_repeat ? <Badge tone="plain">Repeat</Badge> : null}
            {programme.min_age ? <Badge tone="plain">From {programme.min_age}</Badge> : null}
            {programme.genres.map((genre) => <Badge key={genre} tone="plain">{humanise(genre)}</Badge>)}
          </div>
          {place ? <p className="text-quiet">{place}</p> : null}
          {programme.description ? <p className="leading-relaxed whitespace-pre-line">{programme.description}</p> : null}
          <ProgrammeWork programme={programme} />
          {credits(programme).length > 0 ? (
            <ul className="flex flex-col gap-1">{credits(programme).slice(0, 20).map((one, index) => <li key={index}><span className="font-medium">{one.name}</span> <span className="text-quiet">{one.role ?? one.job}</span></li>)}</ul>
          ) : null}
        </>
      ) : null}
    </SidePanel>
  );
}
