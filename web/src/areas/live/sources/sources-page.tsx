import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarSync, Plus, Upload } from "lucide-react";
import { type ComponentType, useState } from "react";
import type { GuideSourceRead } from "@/api";
import { plural } from "@/lib/format";
import { useCan } from "@/lib/session";
import { Button, ButtonLink } from "@/ui/button";
import { Card, Page } from "@/ui/page";
import { Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { KINDS, type SourceKind, sourcesOptions, waiting } from "./data";
import { SourceDialog } from "./source-dialog";
import { SourceRow } from "./source-row";

/** The dialog that hands in a file; the route brings it from the area of imports. */
export type Upload = ComponentType<{ title: string; description?: string; source: string; extensions: readonly string[]; target?: string; onClose: () => void }>;

type Open = { what: "add"; given?: { kind: SourceKind; name: string; url: string } } | { what: "edit" | "upload"; source: GuideSourceRead } | { what: "hand-in" } | null;

export function SourcesPage({ Upload: UploadDialog }: { Upload: Upload }) {
  const can = useCan();
  const [open, setOpen] = useState<Open>(null);
  const [asked, setAsked] = useState(0);
  const found = useQuery(sourcesOptions(asked));
  const onAsked = (): void => setAsked(Date.now());
  const sources = found.data ?? [];
  const known = new Set(sources.map(({ url }) => url));
  const toMap = sources.reduce((sum, source) => sum + waiting(source), 0);
  const actions = (
    <>
      {can("exchange.import.create") ? <Button icon={<Upload size={16} aria-hidden />} onClick={() => setOpen({ what: "hand-in" })}>Hand in a file</Button> : null}
      <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setOpen({ what: "add" })}>Add a source</Button>
    </>
  );
  return (
    <Page title="Guides and playlists" width="text" actions={actions}
      summary={found.data ? [plural(sources.length, "source"), toMap > 0 ? `${plural(toMap, "channel")} to map` : null].filter(Boolean).join(" · ") : " "}>
      {found.isPending ? <SkeletonRows className="h-24" count={3} /> : null}
      {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isSuccess && sources.length === 0 ? (
        <Empty icon={<CalendarSync size={22} aria-hidden />} title="No guide and no playlist yet" actions={<ButtonLink><Link to="/channels">Channels</Link></ButtonLink>}>
          Add one, or hand in a file: a playlist (M3U) brings channels with their streams, a guide (XMLTV) what is on. By address they stay up to date by themselves.
        </Empty>
      ) : null}
      {sources.length > 0 ? (
        <Card>
          <ul className="divide-y divide-line">
            {sources.map((source) => (
              <SourceRow key={source.id} source={source} onAsked={onAsked} onEdit={() => setOpen({ what: "edit", source })} onUpload={() => setOpen({ what: "upload", source })}
                offers={source.guide_urls.filter((url) => !known.has(url))} onOffer={(url) => setOpen({ what: "add", given: { kind: "xmltv", name: `Guide of ${source.name}`, url } })} />
            ))}
          </ul>
        </Card>
      ) : null}
      {open?.what === "add" ? <SourceDialog source={null} {...(open.given ? { given: open.given } : {})} onClose={() => setOpen(null)} onSaved={onAsked} /> : null}
      {open?.what === "edit" ? <SourceDialog source={open.source} onClose={() => setOpen(null)} onSaved={onAsked} /> : null}
      {open?.what === "upload" ? (
        <UploadDialog title={`A file for ${open.source.name}`} source={open.source.kind} extensions={KINDS[open.source.kind].extensions} onClose={() => setOpen(null)}
          description="It is read as if it had been fetched: what it changes, changes." {...(open.source.is_hand ? {} : { target: open.source.id })} />
      ) : null}
      {open?.what === "hand-in" ? (
        <UploadDialog title="Hand in a guide or a playlist" source="auto" extensions={[".xml", ".xmltv", ".m3u", ".m3u8", ".gz", ".xz", ".zip"]} onClose={() => setOpen(null)} description="XMLTV or M3U, plain or packed. Which of the two is found out." />
      ) : null}
    </Page>
  );
}
