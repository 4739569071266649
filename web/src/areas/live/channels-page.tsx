import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus, Tv } from "lucide-react";
import { useState } from "react";
import type { ChannelRead } from "@/api";
import { plural } from "@/lib/format";
import { humanise } from "@/lib/labels";
import { useCan } from "@/lib/session";
import { useWindowed } from "@/lib/windowed";
import { Button, ButtonLink } from "@/ui/button";
import { Card, Page } from "@/ui/page";
import { Badge, Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { ChannelDialog } from "./channel-dialog";
import { channelsOptions } from "./data";
import { Player } from "./player";
import { StreamHealth } from "./sources/stream-health";

/** How high a channel mostly is, in pixels. */
const ROW = 61;

export function ChannelsPage() {
  const can = useCan();
  const mayManage = can("live.channel.manage");
  const found = useQuery(channelsOptions(undefined, mayManage));
  const [editing, setEditing] = useState<ChannelRead | "new" | null>(null);
  const [playing, setPlaying] = useState<ChannelRead | null>(null);
  const channels = found.data ?? [];
  return (
    <Page title="Channels" width="text" summary={found.data ? plural(channels.length, "channel") : " "}
      actions={mayManage ? (
        <>
          <ButtonLink><Link to="/guide-sources">Guides and playlists</Link></ButtonLink>
          <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setEditing("new")}>Add channel</Button>
        </>
      ) : null}>
      {found.isPending ? <SkeletonRows /> : null}
      {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isSuccess && channels.length === 0 ? <Empty icon={<Tv size={22} aria-hidden />} title="No channels yet" actions={mayManage ? <ButtonLink look="primary"><Link to="/guide-sources">Guides and playlists</Link></ButtonLink> : null}>Channels come with a guide (XMLTV) or a playlist (M3U), or are added by hand.</Empty> : null}
      {channels.length > 0 ? (
        <ChannelList channels={channels} mayManage={mayManage} onPlay={setPlaying} onEdit={setEditing} />
      ) : null}
      {editing ? <ChannelDialog channel={editing === "new" ? null : editing} onClose={() => setEditing(null)} /> : null}
      {playing ? <Player channel={playing} onClose={() => setPlaying(null)} /> : null}
    </Page>
  );
}

interface ChannelListProps {
  channels: readonly ChannelRead[];
  mayManage: boolean;
  onPlay: (channel: ChannelRead) => void;
  onEdit: (channel: ChannelRead) => void;
}

/** Only the rows near the window exist, so that a thousand channels are there as fast as ten. */
function ChannelList({ channels, mayManage, onPlay, onEdit }: ChannelListProps) {
  const { box, shown, measure, before, after } = useWindowed<HTMLUListElement>(channels.length, ROW);
  return (
    <Card>
      <ul ref={box} aria-label="Channels" style={{ paddingTop: before, paddingBottom: after }}>
        {shown.map((index) => {
          const one = channels[index];
          return one ? (
            <li key={one.id} ref={measure} data-index={index} aria-setsize={channels.length} aria-posinset={index + 1} className="flex items-center gap-x-4 border-line px-4 py-3 not-first:border-t">
              <span className="w-10 shrink-0 text-right text-quiet tabular">{one.number}</span>
              <div className="min-w-0 flex-1">
                <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <p className="font-medium">{one.name}</p>
                  {one.is_hidden ? <Badge tone="plain">Hidden</Badge> : null}
                  <StreamHealth channel={one} isFull={mayManage} />
                </div>
                <p className="text-xs text-quiet">{[...one.genres.map(humanise), one.package_name, one.min_age ? `from ${one.min_age}` : null].filter(Boolean).join(" · ")}</p>
              </div>
              <div className="flex gap-2">
                {one.is_playable && one.is_entitled ? <Button size="s" onClick={() => onPlay(one)}>Play</Button> : null}
                {mayManage ? <Button size="s" aria-label={`Edit ${one.name}`} onClick={() => onEdit(one)}>Edit</Button> : null}
              </div>
            </li>
          ) : null;
        })}
      </ul>
    </Card>
  );
}
