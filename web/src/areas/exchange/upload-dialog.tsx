import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatNumber } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button, ButtonLink } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { FormError, Progress } from "@/ui/states";
import { Switch } from "@/ui/switch";
import { importOptions, isLive, type Outcome, OUTCOMES } from "./data";
import { FileStep, type Payload } from "./file-step";
import { Meter } from "./meter";
import { sendImport } from "./send-import";
import { useWatchedImport } from "./watch-import";

export interface UploadDialogProps {
  title: string;
  description?: string;
  /** The source's name, or "auto". */
  source: string;
  extensions: readonly string[];
  /** What the file belongs to, by id. */
  target?: string;
  onClose: () => void;
}

/** Hands in one file without leaving the page, and stays until it is in. */
export function UploadDialog({ title, description, source, extensions, target, onClose }: UploadDialogProps) {
  const [payload, setPayload] = useState<Payload>({ file: null, text: "" });
  const [isDryRun, setDryRun] = useState(false);
  const [sent, setSent] = useState(0);
  const [importId, setImportId] = useState<string | null>(null);
  const send = useAction({
    inline: true,
    run: () => sendImport({ ...(payload.file ? { file: payload.file } : { text: payload.text }), source, dry_run: isDryRun, ...(target ? { library: target } : {}) }, setSent),
    touches: ["exchange"],
    onDone: ({ id }) => setImportId(id),
  });
  const isReady = payload.file !== null || payload.text.trim() !== "";
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title={title} {...(description && !importId ? { description } : {})}
      footer={importId ? (
        <>
          <ButtonLink><Link to="/imports/$importId" params={{ importId }}>Whole report</Link></ButtonLink>
          <Button look="primary" onClick={onClose}>Close</Button>
        </>
      ) : (
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!isReady} busy={send.isPending} onClick={() => send.mutate()}>{isDryRun ? "Start the dry run" : "Import"}</Button>
        </>
      )}>
      {importId ? <Running importId={importId} /> : (
        <div className="flex flex-col gap-4">
          <FileStep payload={payload} onChange={setPayload} extensions={extensions} isFileOnly />
          <Switch label="Dry run" hint="Shows what would happen, entry by entry, and changes nothing." checked={isDryRun} onChange={setDryRun} />
          <FormError error={send.error} />
          {send.isPending ? <Progress value={sent} label="Sent to the server" /> : null}
        </div>
      )}
    </Dialog>
  );
}

function Running({ importId }: { importId: string }) {
  const { data: item } = useQuery(importOptions(importId));
  useWatchedImport(importId, item?.status);
  if (!item) return <Progress value={null} label="Rows done" />;
  const counts = (Object.keys(OUTCOMES) as Outcome[]).filter((each) => item.summary[each] > 0);
  return (
    <div className="flex flex-col gap-4">
      <Meter item={item} />
      {isLive(item.status) ? null : (
        <ul className="flex flex-wrap gap-x-6 gap-y-2" aria-label="What happened">
          {counts.map((each) => <li key={each}><span className="font-serif text-lg font-semibold tabular">{formatNumber(item.summary[each])}</span> <span className="text-quiet">{OUTCOMES[each].toLowerCase()}</span></li>)}
        </ul>
      )}
    </div>
  );
}
