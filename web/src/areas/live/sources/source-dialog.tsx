import { useState } from "react";
import { type GuideSourceRead, liveAddSource, liveUpdateSource } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { FormDialog } from "@/ui/dialog";
import { Field, Input, Select } from "@/ui/field";
import { RadioCards } from "@/ui/radio-cards";
import { FormError } from "@/ui/states";
import { Switch } from "@/ui/switch";
import { INTERVALS, KINDS, type SourceKind, UNKNOWN } from "./data";

type Unknown = GuideSourceRead["unknown_channels"];

const ZONES: readonly string[] = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** A source: where it is, how often it is looked at, and what becomes of channels nobody knows. */
export function SourceDialog({ source, given, onClose, onSaved }: { source: GuideSourceRead | null; given?: { kind: SourceKind; name: string; url: string }; onClose: () => void; onSaved: () => void }) {
  const [draft, setDraft] = useState({
    kind: source?.kind ?? given?.kind ?? ("xmltv"),
    name: source?.name ?? given?.name ?? "",
    place: source?.path ? "path" : "url",
    address: source?.path ?? source?.url ?? given?.url ?? "",
    interval: source ? String(source.interval_minutes ?? "") : "720",
    time_zone: source?.time_zone ?? "UTC",
    unknown: source?.unknown_channels ?? ("auto"),
    is_enabled: source?.is_enabled ?? true,
  });
  const set = (change: Partial<typeof draft>): void => setDraft({ ...draft, ...change });
  const isHand = source?.is_hand ?? false;
  const isPath = draft.place === "path";
  const save = useAction({
    run: async () => {
      const where = isHand ? {} : isPath ? { path: draft.address.trim() } : { url: draft.address.trim() };
      const rest = { name: draft.name.trim(), time_zone: draft.time_zone, unknown_channels: draft.unknown, interval_minutes: draft.interval === "" ? null : Number(draft.interval) };
      if (source) return (await liveUpdateSource({ path: { source_id: source.id }, body: { ...where, ...rest, is_enabled: draft.is_enabled } })).data;
      return (await liveAddSource({ body: { ...where, ...rest, kind: draft.kind } })).data;
    },
    touches: ["live", "activity"], inline: true,
    done: (made) => (source ? `${made.name} is saved` : `${made.name} is added, and fetched now`),
    onDone: () => { onSaved(); onClose(); },
  });
  const intervals = INTERVALS.some(({ value }) => value === draft.interval) ? INTERVALS : [...INTERVALS, { value: draft.interval, label: `Every ${draft.interval} minutes` }];
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={source ? `Edit ${source.name}` : "Add a guide or playlist"} onSubmit={() => save.mutate()}
      submit={source ? "Save" : "Add and fetch"} busy={save.isPending} disabled={!draft.name.trim() || (!isHand && !draft.address.trim())}>
      {source ? null : <RadioCards label="What it is" value={draft.kind} onChange={(kind) => set({ kind })} options={(Object.keys(KINDS) as SourceKind[]).map((value) => ({ value, label: KINDS[value].label, hint: KINDS[value].hint }))} className="sm:grid-cols-2" />}
      <Field label="Name" error={fieldError(save.error, "name")}><Input required maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} /></Field>
      {isHand ? null : (
        <div className="grid gap-3 sm:grid-cols-[10rem_1fr]">
          <Field label="Where"><Select value={draft.place} onValue={(place) => set({ place })} options={[{ value: "url", label: "On the web" }, { value: "path", label: "On the server" }]} /></Field>
          <Field label={isPath ? "Path" : "Address"} error={fieldError(save.error, isPath ? "path" : "url")} hint={isPath ? "Below the server’s import folder." : undefined}>
            <Input required type={isPath ? "text" : "url"} value={draft.address} placeholder={isPath ? "guides/tonight.xml" : "https://…"} onChange={(event) => set({ address: event.target.value })} />
          </Field>
        </div>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        {isHand ? null : <Field label="Look for a new one" error={fieldError(save.error, "interval_minutes")}><Select value={draft.interval} onValue={(interval) => set({ interval })} options={intervals} /></Field>}
        {draft.kind === "xmltv" ? <Field label="Times without a zone are of" error={fieldError(save.error, "time_zone")}><Select value={draft.time_zone} onValue={(time_zone) => set({ time_zone })} options={ZONES.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))} /></Field> : null}
      </div>
      <Field label="Channels that are none of yours" hint={UNKNOWN[draft.unknown].hint}>
        <Select value={draft.unknown} onValue={(unknown) => set({ unknown: unknown as Unknown })} options={(Object.keys(UNKNOWN) as Unknown[]).map((value) => ({ value, label: UNKNOWN[value].label }))} />
      </Field>
      {source && !isHand ? <Switch label="Fetch on schedule" hint="Off: only when asked." checked={draft.is_enabled} onChange={(is_enabled) => set({ is_enabled })} /> : null}
      <FormError error={save.error} />
    </FormDialog>
  );
}
