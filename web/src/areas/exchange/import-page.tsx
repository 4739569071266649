import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ban, Download, Pause, Play, RotateCcw, Undo2 } from "lucide-react";
import { exchangeSteerImport, type ImportRead } from "@/api";
import { messageOf } from "@/lib/errors";
import { formatAgo } from "@/lib/format";
import { download } from "@/lib/http";
import { notifyError } from "@/lib/notices";
import { useAction } from "@/lib/queries";
import { useCan, useUser } from "@/lib/session";
import { Button, ButtonLink } from "@/ui/button";
import { ConfirmButton } from "@/ui/dialog";
import { Page } from "@/ui/page";
import { importOptions, isLive, librariesOptions, MODES, nameOf, sourceLabel, sourcesOptions } from "./data";
import { MappingStep } from "./mapping-step";
import { Kept } from "./kept";
import { Meter } from "./meter";
import { Report } from "./report";
import { useWatchedImport } from "./watch-import";

type Verb = "pause" | "resume" | "cancel" | "retry" | "undo";

const DONE: Record<Verb, string> = {
  pause: "Paused; it goes on where it stopped", resume: "It goes on", cancel: "Cancelled", retry: "Trying the failed rows again", undo: "The import is being undone",
};

function Actions({ item }: { item: ImportRead }) {
  const act = useAction<Verb>({
    run: (verb) => exchangeSteerImport({ path: { import_id: item.id, step: verb } }),
    touches: ["exchange", "catalog", "library", "activity"],
    done: (_, verb) => DONE[verb],
  });
  const busy = (verb: Verb): boolean => act.isPending && act.variables === verb;
  const { can } = item;
  return (
    <>
      {can.pause ? <Button icon={<Pause size={16} aria-hidden />} busy={busy("pause")} onClick={() => act.mutate("pause")}>Pause</Button> : null}
      {can.resume ? <Button look="primary" icon={<Play size={16} aria-hidden />} busy={busy("resume")} onClick={() => act.mutate("resume")}>Resume</Button> : null}
      {can.retry && item.summary.failed > 0 ? <Button icon={<RotateCcw size={16} aria-hidden />} busy={busy("retry")} onClick={() => act.mutate("retry")}>Retry what failed</Button> : null}
      {can.cancel ? (
        <ConfirmButton title="Cancel this import?" confirm="Cancel the import" cancel="Keep going" onConfirm={() => act.mutate("cancel")} button={(ask) => <Button icon={<Ban size={16} aria-hidden />} busy={busy("cancel")} onClick={ask}>Cancel</Button>}>
          What came in so far stays; undo takes it out again.
        </ConfirmButton>
      ) : null}
      {can.undo ? (
        <ConfirmButton title="Undo this import?" confirm="Undo the import" onConfirm={() => act.mutate("undo")} button={(ask) => <Button icon={<Undo2 size={16} aria-hidden />} busy={busy("undo")} onClick={ask}>Undo</Button>}>
          Everything it created goes and everything it changed returns, except what people edited by hand since. That is kept and listed.
        </ConfirmButton>
      ) : null}
      {isLive(item.status) ? null : (
        <Button icon={<Download size={16} aria-hidden />} onClick={() => { download(`/api/v1/imports/${item.id}/report.csv`, `import-${item.source}-report.csv`).catch((error: unknown) => notifyError(messageOf(error))); }}>Report</Button>
      )}
    </>
  );
}

/** One import: where it is, what it did, and every row with its reason. */
export function ImportPage({ importId }: { importId: string }) {
  const can = useCan();
  const { data: item } = useSuspenseQuery(importOptions(importId));
  useWatchedImport(importId, item.status);
  const user = useUser();
  const sources = useQuery(sourcesOptions);
  const libraries = useQuery(librariesOptions);
  const facts = [
    sourceLabel(sources.data, item.source),
    MODES[item.mode].label.toLowerCase(),
    libraries.data?.find((library) => library.id === item.library_id)?.name,
    item.created_by === user.id ? "by you" : null,
    formatAgo(item.created_at),
  ].filter(Boolean).join(" · ");
  return (
    <Page title={`${item.dry_run ? "Dry run: " : ""}${nameOf(item)}`} width="text" summary={facts} actions={can("exchange.import.create") ? <Actions item={item} /> : null}>
      {item.status === "needs_mapping" && item.mapping_suggestion ? <MappingStep importId={item.id} suggestion={item.mapping_suggestion} /> : <Meter item={item} />}
      {item.summary.needs_review > 0 && can("exchange.review.decide") && !item.dry_run ? (
        <div className="flex flex-wrap items-center gap-3 rounded-lg bg-accent-soft p-4">
          <p className="flex-1 basis-60">{item.summary.needs_review === 1 ? "One row needs" : `${item.summary.needs_review} rows need`} a decision: which work is meant? Everything else is in.</p>
          <ButtonLink look="primary"><Link to="/review" search={{ import: item.id }}>Review</Link></ButtonLink>
        </div>
      ) : null}
      <Kept item={item} />
      {item.status === "needs_mapping" || (item.error && item.progress.done === 0) ? null : <Report item={item} />}
    </Page>
  );
}
