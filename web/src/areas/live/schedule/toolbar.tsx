import { ChevronLeft, ChevronRight, Minus, Plus } from "lucide-react";
import { useState } from "react";
import type { ChannelRead } from "@/api";
import { Button, IconButton } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { ChipButton, ToggleChip } from "@/ui/chip";
import { Field, Input, Select } from "@/ui/field";
import { Popover } from "@/ui/menu";
import { channelOptions } from "./entry-fields";
import type { ZoneChoice } from "./use-zone";

export const MOST_COLUMNS = 8;

interface ToolbarProps {
  channels: readonly ChannelRead[];
  chosen: readonly string[];
  view: "day" | "week";
  day: string;
  zone: ZoneChoice;
  isNarrow: boolean;
  onChannels: (ids: string[]) => void;
  onView: (view: "day" | "week") => void;
  onDay: (day: string) => void;
  onStep: (by: 1 | -1) => void;
  onToday: () => void;
  onZoom: (by: 1 | -1) => void;
}

/** Several channels side by side: which ones. */
function ChannelPicker({ channels, chosen, onChannels }: Pick<ToolbarProps, "channels" | "chosen" | "onChannels">) {
  const [q, setQ] = useState("");
  const word = q.trim().toLowerCase();
  const found = channels.filter((one) => !word || one.number === word || one.name.toLowerCase().includes(word)).slice(0, 60);
  const toggle = (id: string, on: boolean): void => {
    const next = channels.map((one) => one.id).filter((one) => (one === id ? on : chosen.includes(one)));
    if (next.length > 0) onChannels(next.slice(0, MOST_COLUMNS));
  };
  const names = channels.filter((one) => chosen.includes(one.id));
  return (
    <Popover label="Channels side by side" trigger={<ChipButton on={false}>{names.length === 1 ? names[0]?.name : `${names.length} channels`}</ChipButton>}>
      <div className="flex flex-col gap-3">
        {channels.length > 8 ? <Field label="Find a channel"><Input value={q} onChange={(event) => setQ(event.target.value)} placeholder="Name or number" /></Field> : null}
        <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto p-0.5">
          {found.map((one) => (
            <li key={one.id} className="py-1"><Checkbox checked={chosen.includes(one.id)} disabled={!chosen.includes(one.id) && chosen.length >= MOST_COLUMNS} onChange={(on) => toggle(one.id, on)} label={[one.number, one.name].filter(Boolean).join(" ")} /></li>
          ))}
        </ul>
        <p className="text-xs text-quiet">Up to {MOST_COLUMNS} side by side.</p>
      </div>
    </Popover>
  );
}

/** Which channels, which days, which clock. */
export function Toolbar({ channels, chosen, view, day, zone, isNarrow, onChannels, onView, onDay, onStep, onToday, onZoom }: ToolbarProps) {
  const unit = view === "week" && !isNarrow ? "week" : "day";
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isNarrow || view === "week"
        ? <Select aria-label="Channel" className="h-8 w-[calc(50%-0.25rem)] text-xs max-sm:-order-2 sm:w-48" value={chosen[0] ?? ""} onValue={(id) => onChannels([id])} options={channelOptions(channels)} />
        : <ChannelPicker channels={channels} chosen={chosen} onChannels={onChannels} />}
      <div className="flex items-center gap-1">
        <IconButton size="s" look="plain" label={`The ${unit} before`} onClick={() => onStep(-1)}><ChevronLeft size={16} aria-hidden /></IconButton>
        <Input type="date" aria-label="Day" className="h-8 w-36 text-xs" value={day} onChange={(event) => { if (event.target.value) onDay(event.target.value); }} />
        <IconButton size="s" look="plain" label={`The ${unit} after`} onClick={() => onStep(1)}><ChevronRight size={16} aria-hidden /></IconButton>
      </div>
      <Button size="s" onClick={onToday}>Today</Button>
      {isNarrow ? null : (
        <>
          <span className="flex gap-1" role="group" aria-label="View">
            <ToggleChip on={view === "day"} onClick={() => onView("day")}>Day</ToggleChip>
            <ToggleChip on={view === "week"} onClick={() => onView("week")}>Week</ToggleChip>
          </span>
          <span className="flex items-center gap-1" role="group" aria-label="Height of an hour">
            <IconButton size="s" look="plain" label="Lower hours" onClick={() => onZoom(-1)}><Minus size={16} aria-hidden /></IconButton>
            <IconButton size="s" look="plain" label="Higher hours" onClick={() => onZoom(1)}><Plus size={16} aria-hidden /></IconButton>
          </span>
        </>
      )}
      <Select aria-label="Time zone" className="h-8 w-[calc(50%-0.25rem)] text-xs max-sm:-order-1 sm:ml-auto sm:w-44" value={zone.zone} onValue={zone.set} options={zone.options} />
    </div>
  );
}
