import { Check, Tv } from "lucide-react";
import type { SourceChannelRead } from "@/api";
import { plural } from "@/lib/format";
import { Button } from "@/ui/button";
import { Badge } from "@/ui/states";

export type Said = { channel_id: string | null; create?: boolean };

interface MappingRowProps {
  item: SourceChannelRead;
  isGuide: boolean;
  busy: boolean;
  onSay: (said: Said) => void;
  onChoose: () => void;
}

function Answer({ item }: { item: SourceChannelRead }) {
  if (item.state === "mapped") {
    return (
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Check size={15} className="shrink-0 text-positive" aria-label="is" />
        <span className="min-w-0 font-medium break-words">{item.channel_name}</span>
        {item.is_by_hand ? <Badge>By hand</Badge> : <span className="text-xs text-quiet">{item.reasons.join(", ")}</span>}
      </p>
    );
  }
  if (item.state === "suggested") {
    return (
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>Perhaps <span className="font-medium">{item.suggested_name ?? "a channel that is gone"}</span></span>
        <Badge tone="warning">{item.score} %</Badge>
        <span className="text-xs text-quiet">{item.reasons.join(", ")}</span>
      </p>
    );
  }
  return <p className="text-quiet">{item.state === "ignored" ? "Left out" : "None of your channels"}</p>;
}

/** One channel of a source beside the channel of ours that it is, or may be. */
export function MappingRow({ item, isGuide, busy, onSay, onChoose }: MappingRowProps) {
  const isOpen = item.state === "suggested" || item.state === "unknown";
  const facts = [item.number, item.key.startsWith("= ") ? null : item.key, isGuide ? plural(item.programmes, "programme") : null].filter(Boolean).join(" · ");
  const name = item.name || item.key;
  return (
    <li className="grid items-center gap-x-4 gap-y-2 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_22.5rem]">
      <div className="flex min-w-0 items-center gap-3">
        <span aria-hidden className="grid size-9 shrink-0 place-items-center rounded-sm bg-sunken text-quiet"><Tv size={16} /></span>
        <div className="min-w-0">
          <p className="font-medium break-words">{name}</p>
          <p className="truncate text-xs text-quiet tabular" title={item.key}>{facts}</p>
        </div>
      </div>
      <Answer item={item} />
      <div className="flex flex-wrap gap-2 lg:justify-end" role="group" aria-label={`What ${name} is`}>
        {item.state === "suggested" && item.suggested_id ? <Button size="s" look="primary" icon={<Check size={14} aria-hidden />} disabled={busy} onClick={() => onSay({ channel_id: item.suggested_id })}>Yes</Button> : null}
        <Button size="s" disabled={busy} onClick={onChoose}>{item.state === "mapped" ? "Correct" : "Choose"}</Button>
        {isOpen || item.state === "ignored" ? <Button size="s" disabled={busy} onClick={() => onSay({ channel_id: null, create: true })}>New channel</Button> : null}
        {item.state === "ignored" ? null : <Button size="s" look="quiet" disabled={busy} onClick={() => onSay({ channel_id: null })}>Leave out</Button>}
      </div>
    </li>
  );
}
