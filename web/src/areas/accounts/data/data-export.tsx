import { useQuery } from "@tanstack/react-query";
import { Download, PackageOpen } from "lucide-react";
import { accountsListExports, accountsRequestExport, type DataExportRead } from "@/api";
import { formatDateTime, formatShortDate } from "@/lib/format";
import { download } from "@/lib/http";
import { humanise } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { Badge, Empty, ErrorNote, SkeletonRows } from "@/ui/states";

const isPacking = (made: DataExportRead): boolean => made.state === "queued" || made.state === "running";

/** Everything about me as a zip of JSON and files. It is packed in the background; the list looks again until it is there. */
export function DataExport() {
  const exports = useQuery({
    queryKey: [{ _id: "accountsListExports" }],
    queryFn: async ({ signal }) => (await accountsListExports({ signal })).data.items,
    refetchInterval: ({ state }) => (state.data?.some(isPacking) ? 2_000 : false),
  });
  const ask = useAction({ run: () => accountsRequestExport(), touches: ["accounts"], done: "Your data is being packed" });
  const isBusy = exports.data?.some(isPacking) ?? false;
  const button = <Button icon={<PackageOpen size={16} aria-hidden />} busy={ask.isPending} disabled={isBusy} onClick={() => ask.mutate()}>Pack my data</Button>;
  return (
    <Section title="Take my data along" actions={exports.data && exports.data.length > 0 ? button : null}>
      <p className="text-quiet">A zip with what the house keeps about you: your account, profiles, ratings, notes, what you added and what you did, as JSON.</p>
      {exports.isPending ? <SkeletonRows count={1} className="h-16" /> : null}
      {exports.isError ? <ErrorNote error={exports.error} onRetry={() => void exports.refetch()} /> : null}
      {exports.data?.length === 0 ? <Empty icon={<PackageOpen size={20} aria-hidden />} title="Nothing packed yet" actions={button}>It takes a moment; you can leave this page meanwhile.</Empty> : null}
      {exports.data && exports.data.length > 0 ? <Card><ul className="divide-y divide-line">{exports.data.map((each) => <Row key={each.id} made={each} />)}</ul></Card> : null}
    </Section>
  );
}

function Row({ made }: { made: DataExportRead }) {
  const save = useAction({ run: () => download(`/api/v1/account/export/${made.id}/file`, `mediatheque-my-data-${made.created_at.slice(0, 10)}.zip`), touches: [] });
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">Asked for {formatDateTime(made.created_at)}</p>
        <p className="text-xs text-quiet">{made.state === "ready" && made.expires_at ? `kept until ${formatShortDate(made.expires_at)}` : made.state === "failed" ? "This did not work. Ask again." : made.state === "expired" ? "deleted, because its time was over" : `being packed, ${made.done} of ${made.total} parts`}</p>
      </div>
      {made.state === "ready" ? <Button size="s" icon={<Download size={14} aria-hidden />} busy={save.isPending} onClick={() => save.mutate()}>Save</Button> : <Badge tone={made.state === "failed" ? "danger" : "plain"}>{humanise(made.state)}</Badge>}
    </li>
  );
}
