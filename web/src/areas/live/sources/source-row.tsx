import { Link } from "@tanstack/react-router";
import { ListChecks, MoreHorizontal, Pencil, Plus, RefreshCw, Trash2, Upload } from "lucide-react";
import { useState } from "react";
import { type GuideSourceRead, liveRefreshSource, liveRemoveSource } from "@/api";
import { formatAgo, formatNumber, plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button, ButtonLink, IconButton } from "@/ui/button";
import { Confirm } from "@/ui/dialog";
import { Menu, MenuItem } from "@/ui/menu";
import { Badge } from "@/ui/states";
import { intervalLabel, KINDS, waiting, whereOf } from "./data";

const COUNTS = [["created", "added"], ["updated", "changed"], ["removed", "removed"], ["skipped", "unchanged or left out"], ["failed", "rejected"]] as const;

function State({ source }: { source: GuideSourceRead }) {
  const last = source.last_import;
  if (last && ["queued", "running"].includes(last.status)) return <Badge tone="accent">Being imported</Badge>;
  if (source.failures > 0) return <Badge tone="danger">{source.failures > 1 ? `Failed ${formatNumber(source.failures)} times` : "Failed"}</Badge>;
  if (last?.status === "failed") return <Badge tone="danger">Could not be read</Badge>;
  if (!source.is_enabled) return <Badge>Paused</Badge>;
  return null;
}

/** What the last import of a source did, in words; it leads to the whole report. */
function LastImport({ source }: { source: GuideSourceRead }) {
  const last = source.last_import;
  if (!last || !source.last_import_id) return null;
  const parts = COUNTS.filter(([name]) => last[name] > 0).map(([name, word]) => `${formatNumber(last[name])} ${word}`);
  return (
    <Link to="/imports/$importId" params={{ importId: source.last_import_id }} className="underline decoration-line-strong underline-offset-2 hover:text-ink">
      {parts.length > 0 ? parts.join(" · ") : "Report of the last import"}
    </Link>
  );
}

interface SourceRowProps {
  source: GuideSourceRead;
  /** Guides that the playlist names and that are no source yet. */
  offers: readonly string[];
  onEdit: () => void;
  onUpload: () => void;
  onAsked: () => void;
  onOffer: (url: string) => void;
}

export function SourceRow({ source, offers, onEdit, onUpload, onAsked, onOffer }: SourceRowProps) {
  const [isRemoving, setRemoving] = useState(false);
  const refresh = useAction({
    run: () => liveRefreshSource({ path: { source_id: source.id } }),
    touches: ["live", "exchange"], done: source.is_hand ? "The last file is gone through again" : `${source.name} is being fetched`, onDone: onAsked,
  });
  const remove = useAction({
    run: () => liveRemoveSource({ path: { source_id: source.id } }),
    touches: ["live", "activity"], done: `${source.name} is removed; its channels stay`, onDone: () => setRemoving(false),
  });
  const open = waiting(source);
  const facts = [
    KINDS[source.kind].label,
    source.is_hand ? null : intervalLabel(source.interval_minutes),
    source.imported_at ? `last new ${formatAgo(source.imported_at)}` : "never imported",
    source.checked_at && source.checked_at !== source.imported_at ? `looked ${formatAgo(source.checked_at)}` : null,
  ].filter(Boolean).join(" · ");
  return (
    <li className="flex flex-col gap-2 px-4 py-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="font-medium">{source.name}</h2>
            <State source={source} />
            {open > 0 ? <Badge tone="warning">{plural(open, "channel")} to map</Badge> : null}
          </div>
          {source.is_hand ? null : <p className="truncate text-quiet" title={source.url ?? source.path ?? undefined}>{whereOf(source)}</p>}
          <p className="text-xs text-quiet tabular">{facts}</p>
          {source.message && source.failures > 0 ? <p className="mt-1 text-xs text-danger">{source.message}</p> : null}
          <p className="mt-1 text-xs text-quiet tabular"><LastImport source={source} /></p>
        </div>
        <div className="flex flex-wrap gap-2">
          <ButtonLink size="s" look={open > 0 ? "primary" : "plain"}><Link to="/guide-sources/$sourceId" params={{ sourceId: source.id }}><ListChecks size={14} aria-hidden />Map channels</Link></ButtonLink>
          {source.can_refresh ? <Button size="s" icon={<RefreshCw size={14} aria-hidden />} busy={refresh.isPending} onClick={() => refresh.mutate()}>{source.is_hand ? "Go through again" : "Fetch now"}</Button> : null}
          <Menu trigger={<IconButton size="s" look="plain" label={`More for ${source.name}`}><MoreHorizontal size={16} aria-hidden /></IconButton>}>
            <MenuItem icon={<Pencil size={15} aria-hidden />} onSelect={onEdit}>Edit</MenuItem>
            <MenuItem icon={<Upload size={15} aria-hidden />} onSelect={onUpload}>Hand in a file</MenuItem>
            <MenuItem icon={<Trash2 size={15} aria-hidden />} danger onSelect={() => setRemoving(true)}>Remove</MenuItem>
          </Menu>
        </div>
      </div>
      {offers.map((url) => (
        <div key={url} className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-sm bg-accent-soft px-3 py-2 text-xs">
          <p className="min-w-0 flex-1 basis-60 break-all">This playlist names a guide: {url}</p>
          <Button size="s" icon={<Plus size={14} aria-hidden />} onClick={() => onOffer(url)}>Add this guide</Button>
        </div>
      ))}
      <Confirm open={isRemoving} onOpenChange={setRemoving} title={`Remove ${source.name}?`} confirm="Remove" busy={remove.isPending} onConfirm={() => remove.mutate()}>
        It is fetched no more, and what was said about its channels is forgotten. Channels and schedule stay as they are.
      </Confirm>
    </li>
  );
}
