import { Lock, Play } from "lucide-react";
import type { ChannelRead } from "@/api";

/** The left edge of a row: what the channel is called, and a way to play it. */
export function ChannelCell({ channel, onPlay }: { channel: ChannelRead; onPlay: (channel: ChannelRead) => void }) {
  const isOpen = channel.is_playable && channel.is_entitled;
  return (
    <div role="rowheader" className="sticky left-0 z-20 flex h-full w-(--guide-channel) items-center gap-2 border-r border-line bg-raised px-2 sm:px-3">
      <span className="hidden w-8 shrink-0 text-right text-xs text-quiet tabular sm:block">{channel.number}</span>
      <span className="line-clamp-2 min-w-0 flex-1 text-xs font-medium sm:text-sm">{channel.name}</span>
      {isOpen ? (
        <button type="button" aria-label={`Play ${channel.name}`} title={`Play ${channel.name}`} onClick={() => onPlay(channel)}
          className="grid size-8 shrink-0 place-items-center rounded-full text-accent hover:bg-accent-soft"><Play size={16} aria-hidden /></button>
      ) : channel.is_entitled ? null : <Lock size={14} className="shrink-0 text-quiet" aria-label="In a package you do not have" />}
    </div>
  );
}
