import { useQuery } from "@tanstack/react-query";
import { Plus, TvMinimalPlay } from "lucide-react";
import { useState } from "react";
import { type PlayerMade, type PlayerRead, watchRemovePlayer } from "@/api";
import { formatAgo, formatShortDate, plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { ConfirmButton, Dialog } from "@/ui/dialog";
import { Card, Page } from "@/ui/page";
import { Badge, Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { playersOptions, profilesOptions } from "./data";
import { PlayerDialog } from "./player-dialog";
import { Setup } from "./setups";

function Row({ player, profile }: { player: PlayerRead; profile: string | undefined }) {
  const remove = useAction({ run: async () => { await watchRemovePlayer({ path: { player_id: player.id } }); }, touches: ["watch", "accounts"], done: `The addresses of “${player.name}” open nothing any more` });
  const facts = [
    `made ${formatShortDate(player.created_at)}`,
    player.last_used_at ? `last used ${formatAgo(player.last_used_at)}` : "never used",
    profile ? `as ${profile}` : null,
  ];
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2 font-medium">{player.name}{player.is_tuner ? <Badge>HDHomeRun</Badge> : null}</p>
        <p className="text-xs text-quiet">{facts.filter(Boolean).join(" · ")} · <code>{player.prefix}…</code></p>
      </div>
      <ConfirmButton title={`Remove “${player.name}”?`} confirm="Remove" onConfirm={() => remove.mutate()} button={(ask) => <Button size="s" busy={remove.isPending} onClick={ask}>Remove</Button>}>
        Its addresses stop working at once, and what it plays ends. It can be made anew, with other addresses.
      </ConfirmButton>
    </li>
  );
}

/** Players that cannot sign in: each has secret addresses of its own, which can be taken away. */
export function PlayersPage() {
  const found = useQuery(playersOptions);
  const profiles = useQuery(profilesOptions);
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<PlayerMade | null>(null);
  const add = <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>Add a player</Button>;
  return (
    <Page title="Players" width="text" summary={found.data ? plural(found.data.length, "player") : " "} actions={found.data && found.data.length > 0 ? add : null}>
      <p className="max-w-[65ch] text-quiet">Kodi, VLC and televisions get the channels and the guide through secret addresses, one pair for each. Whoever has them watches as you: keep them to yourself, and remove what you do not use.</p>
      {found.isPending ? <SkeletonRows count={3} /> : null}
      {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.length === 0 ? <Empty icon={<TvMinimalPlay size={22} aria-hidden />} title="No players yet" actions={add}>Watch the channels where you like to: on the television, in Kodi, on the phone.</Empty> : null}
      {found.data && found.data.length > 0 ? (
        <Card><ul className="divide-y divide-line">{found.data.map((one) => <Row key={one.id} player={one} profile={profiles.data?.find((each) => each.id === one.profile_id)?.name} />)}</ul></Card>
      ) : null}
      {isAdding ? <PlayerDialog onClose={() => setAdding(false)} onMade={setMade} /> : null}
      {made ? (
        <Dialog open onOpenChange={(open) => { if (!open) setMade(null); }} title={made.name} description="These addresses are shown this once." size="l" footer={<Button look="primary" onClick={() => setMade(null)}>It is set up</Button>}>
          <Setup player={made} />
        </Dialog>
      ) : null}
    </Page>
  );
}
