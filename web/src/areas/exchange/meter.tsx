import type { ImportRead } from "@/api";
import { formatEta, formatNumber, plural } from "@/lib/format";
import { Card } from "@/ui/page";
import { Badge, Progress } from "@/ui/states";
import { isLive, STATUS_LABELS } from "./data";

export function StatusBadge({ status }: { status: ImportRead["status"] }) {
  const tone = { succeeded: "positive", failed: "danger", needs_mapping: "warning", paused: "warning", running: "accent", queued: "plain", cancelled: "plain", undoing: "accent", undone: "plain" } as const;
  return <Badge tone={tone[status]}>{STATUS_LABELS[status]}</Badge>;
}

/** The share that is done, as a number in [0, 1]; null while the total is not known. */
export function share({ done, total }: { done: number; total?: number | null }): number | null {
  if (total === null || total === undefined) return null;
  return total === 0 ? 1 : done / total;
}

/** How far an import is, how fast it goes, and when it will be done. */
export function Meter({ item }: { item: ImportRead }) {
  const { progress } = item;
  const isOn = isLive(item.status);
  const part = share(progress);
  const facts = [
    typeof progress.total === "number" ? `${formatNumber(progress.done)} of ${plural(progress.total, "row")}` : plural(progress.done, "row"),
    isOn && item.status === "running" && progress.rows_per_second ? `${formatNumber(Math.round(progress.rows_per_second))} rows a second` : null,
    isOn && item.status === "running" && typeof progress.eta_seconds === "number" ? formatEta(progress.eta_seconds) : null,
  ].filter(Boolean);
  return (
    <Card className="flex flex-col gap-3 p-4 sm:p-6">
      <div className="flex flex-wrap items-center gap-3">
        <StatusBadge status={item.status} />
        <p className="text-quiet tabular" aria-live="off">{facts.join(" · ")}</p>
        {part !== null && isOn ? <p className="ml-auto font-serif text-lg font-semibold tabular">{Math.floor(part * 100)} %</p> : null}
      </div>
      {isOn ? <Progress value={item.status === "queued" ? null : part} label="Rows done" /> : null}
      {item.status === "queued" ? <p className="text-quiet">It starts as soon as a worker is free.</p> : null}
      {item.error ? <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger">{item.error.message}{item.error.line ? ` (line ${item.error.line})` : ""}</p> : null}
      <Enrichment item={item} />
    </Card>
  );
}

function Enrichment({ item }: { item: ImportRead }) {
  const phase = item.enrichment;
  if (!phase || item.dry_run) return null;
  const { done = 0, total = 0 } = phase;
  const isRunning = phase.state === "running" && total > 0;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3 text-quiet">
      <p className="tabular">
        <span className="font-medium text-ink">Posters and details</span>
        {total > 0 ? ` · ${formatNumber(done)} of ${formatNumber(total)}` : ""}
        {phase.message ? ` · ${phase.message}` : ""}
      </p>
      {isRunning ? <Progress value={done / total} label="Works completed by providers" /> : null}
    </div>
  );
}
