import type { ChannelRead } from "@/api";
import { formatAgo } from "@/lib/format";
import { Badge } from "@/ui/states";

/** What the last look at a channel's stream found; who runs the channels is told when, and what was wrong. */
export function StreamHealth({ channel, isFull }: { channel: ChannelRead; isFull: boolean }) {
  const looked = channel.stream_checked_at ? `looked ${formatAgo(channel.stream_checked_at)}` : null;
  if (channel.is_playable && channel.stream_state === "down") {
    return (
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone="danger">Stream down</Badge>
        {isFull ? <span className="text-xs text-quiet">{[channel.stream_message, looked].filter(Boolean).join(" · ")}</span> : null}
      </span>
    );
  }
  if (!isFull) return null;
  if (channel.stream_url && !channel.is_playable) return <span title="Only HTTP streams can be passed on."><Badge tone="warning">Not playable here</Badge></span>;
  if (!channel.is_playable) return <Badge>No stream</Badge>;
  if (channel.stream_state === "up") return <span title={looked ?? undefined}><Badge tone="positive">Stream up</Badge></span>;
  return <Badge>Not checked yet</Badge>;
}
