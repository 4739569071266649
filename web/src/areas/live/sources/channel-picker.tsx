import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import type { ChannelRead, SourceChannelRead } from "@/api";
import { Dialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { ErrorNote, SkeletonRows } from "@/ui/states";
import { channelsOptions } from "../data";

const SHOWN = 60;

function matches(channel: ChannelRead, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return !wanted || channel.name.toLowerCase().includes(wanted) || channel.number === wanted || (channel.guide_key ?? "").toLowerCase().includes(wanted);
}

/** Moves between the field and the choices by the arrow keys. */
function onArrow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("input, [data-choice]")];
  const next = all[all.indexOf(document.activeElement as HTMLElement) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Which of our channels it is: searched by name, number or id. */
export function ChannelPicker({ of, onChoose, onClose }: { of: SourceChannelRead; onChoose: (channel: ChannelRead) => void; onClose: () => void }) {
  const found = useQuery(channelsOptions(undefined, true));
  const [words, setWords] = useState("");
  const all = (found.data ?? []).filter((channel) => matches(channel, words));
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title={`Which channel is ${of.name || of.key}?`} description={[of.key, of.number ? `number ${of.number}` : null].filter(Boolean).join(" · ")}>
      <div className="flex flex-col gap-3" onKeyDown={onArrow}>
        <Field label="Search your channels"><Input type="search" autoFocus value={words} onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => { const first = all[0]; if (event.key === "Enter" && words.trim() && first) onChoose(first); }} /></Field>
        {found.isPending ? <SkeletonRows count={4} className="h-9" /> : null}
        {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.isSuccess && all.length === 0 ? <p className="py-4 text-quiet">No channel of yours is called so. Close this and make one of it.</p> : null}
        <ul aria-label="Channels" className="flex flex-col">
          {all.slice(0, SHOWN).map((channel) => (
            <li key={channel.id}>
              <button type="button" data-choice onClick={() => onChoose(channel)} className="flex w-full items-center gap-3 rounded-sm px-2 py-2 text-left -outline-offset-2 hover:bg-accent-soft focus-visible:bg-accent-soft">
                <span className="w-10 shrink-0 text-right text-quiet tabular">{channel.number}</span>
                <span className="min-w-0 flex-1 truncate">{channel.name}</span>
                <span className="max-w-32 truncate text-xs text-quiet">{channel.guide_key}</span>
              </button>
            </li>
          ))}
        </ul>
        {all.length > SHOWN ? <p className="text-xs text-quiet">{SHOWN} of {all.length} are shown: write more of the name.</p> : null}
      </div>
    </Dialog>
  );
}
