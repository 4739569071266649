import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus, Tv } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import type { ScheduleRead } from "@/api";
import { useCan } from "@/lib/session";
import { stored } from "@/lib/stored";
import { Button, ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { Subnav } from "@/ui/subnav";
import { channelsOptions } from "../data";
import { useNow } from "../use-now";
import { OriginSign, type Origin, ORIGINS } from "./block";
import { ConflictCard } from "./conflict-card";
import { scheduleOptions } from "./data";
import { DayList } from "./day-list";
import { EntryDialog } from "./entry-dialog";
import { type Draft, gapAround, NO_WORDS, type Place, placeOf, wordsOf } from "./places";
import type { ScheduleSearch } from "./schedule-search";
import { SUBPAGES } from "./subpages";
import { TimeGrid } from "./time-grid";
import { Toolbar } from "./toolbar";
import { useChanges } from "./use-changes";
import type { Column } from "./use-drag";
import { useZone } from "./use-zone";
import { ZoneNote } from "./zone-note";
import { changeOf, clock, dayOf, HOUR, later, longDay, monday, shortDay, startOfDay, zoneName } from "./zone";

const HOURS = [48, 72, 108, 160, 240];
const FIRST_COLUMNS = 3;
const zoom = stored<string>("schedule-zoom", "2", (value): value is string => HOURS[Number(value)] !== undefined);
const narrow = typeof matchMedia === "undefined" ? null : matchMedia("(width < 40rem)");
const onNarrow = (listener: () => void): (() => void) => {
  narrow?.addEventListener("change", listener);
  return () => narrow?.removeEventListener("change", listener);
};

function Legend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-quiet">
      {(Object.keys(ORIGINS) as Origin[]).map((origin) => (
        <li key={origin} className="flex items-center gap-1.5"><span aria-hidden className={`h-3 w-1 ${ORIGINS[origin].bar}`} /><OriginSign origin={origin} />{ORIGINS[origin].label}</li>
      ))}
    </ul>
  );
}

/** The schedule editor: what is on when, changed where it stands. */
export function SchedulePage({ search }: { search: ScheduleSearch }) {
  const navigate = useNavigate();
  const can = useCan();
  const now = useNow();
  const zone = useZone();
  const isNarrow = useSyncExternalStore(onNarrow, () => narrow?.matches ?? false);
  const step = Number(zoom.use());
  const changes = useChanges();
  const [fresh, setFresh] = useState<Draft | null>(null);
  const all = useQuery(channelsOptions(undefined, true));
  const channels = all.data ?? [];
  const view = search.view ?? "day";
  const day = search.day ?? dayOf(now, zone.zone);
  const asked = (search.channels ?? "").split(",").filter((id) => channels.some((one) => one.id === id));
  const chosen = asked.length > 0 ? asked : channels.slice(0, FIRST_COLUMNS).map((one) => one.id);
  const isWeek = view === "week" && !isNarrow;
  const only = isWeek || isNarrow ? chosen.slice(0, 1) : chosen;
  const days = isWeek ? Array.from({ length: 7 }, (_, index) => later(monday(day), index)) : [day];
  const columns: Column[] = days.flatMap((each) => only.map((channel) => ({ key: `${channel} ${each}`, channel, day: each, start: startOfDay(each, zone.zone), stop: startOfDay(later(each, 1), zone.zone) })));
  const from = columns[0]?.start ?? 0;
  // A day more than is shown: offers look there for free time.
  const to = columns.at(-1)?.stop ?? 0;
  const beyond = startOfDay(later(days.at(-1) ?? day, 2), zone.zone);
  const found = useQuery(scheduleOptions(only, from, beyond));
  const entries = found.data ?? [];
  const go = (change: Partial<ScheduleSearch>): void => {
    const wanted = Object.entries({ ...search, ...change }).filter(([, value]) => value);
    void navigate({ to: "/schedule", search: Object.fromEntries(wanted), replace: true });
  };
  const create = (place: Place): void => { changes.dismiss(); setFresh({ entry: null, place, words: NO_WORDS }); };
  const move = (entry: ScheduleRead, place: Place): void => void changes.save({ entry, place, words: wordsOf(entry) }, `“${entry.title}” is at ${clock(place.start, zone.zone)}–${clock(place.stop, zone.zone)}`);
  const add = (): void => {
    const channel = only[0];
    if (!channel) return;
    const at = Math.ceil(Math.max(now, from) / (HOUR / 4)) * (HOUR / 4);
    const start = at < to ? at : from + 20 * HOUR;
    const gap = gapAround(entries, channel, start, HOUR);
    create({ channel, start, stop: gap.stop > start ? gap.stop : start + HOUR });
  };
  const opened = search.entry ? entries.find((one) => one.id === search.entry) : undefined;
  const draft = fresh ?? (opened ? { entry: opened, place: placeOf(opened), words: wordsOf(opened) } : null);
  const nameOf = (id: string): string => channels.find((one) => one.id === id)?.name ?? "";
  const heads = columns.map((column) => {
    const change = changeOf(column.day, zone.zone);
    const name = nameOf(column.channel);
    return { key: column.key, title: isWeek ? shortDay(column.day) : name, note: change === 0 ? "" : `${24 + change / 60} h, clocks go ${change > 0 ? "back" : "forward"}`, label: `${name}, ${longDay(column.day)}` };
  });
  return (
    <Page title="Schedule" summary={`${isWeek ? `${shortDay(days[0] ?? day)} – ${shortDay(days[6] ?? day)}` : longDay(day)} · ${zoneName(zone.zone, from || now)}`}
      actions={channels.length > 0 ? <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={add}>New entry</Button> : null}>
      <Subnav label="Schedule" places={SUBPAGES} />
      {all.isPending ? <SkeletonRows className="h-16" /> : null}
      {all.isError ? <ErrorNote error={all.error} onRetry={() => void all.refetch()} /> : null}
      {all.isSuccess && channels.length === 0 ? (
        <Empty icon={<Tv size={22} aria-hidden />} title="No channels yet" actions={can("live.channel.manage") ? <ButtonLink look="primary"><Link to="/channels">Add channels</Link></ButtonLink> : null}>
          A schedule belongs to a channel: add one, or import a guide or a playlist.
        </Empty>
      ) : null}
      {channels.length > 0 ? (
        <>
          <Toolbar channels={channels} chosen={only} view={view} day={day} zone={zone} isNarrow={isNarrow} onChannels={(ids) => go({ channels: ids.join(",") })} onView={(next) => go({ view: next === "day" ? undefined : next })}
            onDay={(next) => go({ day: next })} onStep={(by) => go({ day: later(day, by * (isWeek ? 7 : 1)) })} onToday={() => go({ day: undefined })}
            onZoom={(by) => zoom.set(String(Math.min(HOURS.length - 1, Math.max(0, step + by))))} />
          <ZoneNote zone={zone} now={now} />
          {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : null}
          {found.isPending && only.length > 0 ? <SkeletonRows className="h-16" /> : null}
          {found.isSuccess && isNarrow && columns[0] ? <DayList column={columns[0]} entries={entries} zone={zone.zone} now={now} onOpen={(entry) => go({ entry: entry.id })} onNew={create} /> : null}
          {found.isSuccess && !isNarrow ? (
            <TimeGrid columns={columns} heads={heads} entries={entries} zone={zone.zone} now={now} hour={HOURS[step] ?? 108} conflict={draft ? null : changes.conflict}
              onOpen={(entry) => { changes.dismiss(); go({ entry: entry.id }); }} onNew={create} onMove={move}
              onRemove={(entry) => void changes.remove({ entry, place: placeOf(entry), words: wordsOf(entry) })}
              card={changes.conflict ? (
                <ConflictCard conflict={changes.conflict} entries={entries} zone={zone.zone} isBusy={changes.isBusy} back="Put it back" onBack={changes.dismiss}
                  onAccept={(offer) => void changes.accept(offer)} onEdit={() => setFresh(changes.conflict?.draft ?? null)} />
              ) : null} />
          ) : null}
          <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
            <Legend />
            {isNarrow ? null : <p className="text-xs text-quiet">Drag over free time to add, an entry to move it, its edges for its length. By keyboard: arrows, with Shift the end, with Alt the start.</p>}
          </div>
        </>
      ) : null}
      {draft ? <EntryDialog key={draft.entry?.id ?? "new"} draft={draft} channels={channels} entries={entries} zone={zone.zone} changes={changes} onClose={() => { setFresh(null); if (search.entry) go({ entry: undefined }); }} /> : null}
    </Page>
  );
}
