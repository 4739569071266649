import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Archive, ArchiveRestore, ArrowRightLeft, Download, Ellipsis, Library, Pencil, Plus, Share2, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { libraryArchiveLibrary, type LibraryRead, libraryRestoreLibrary, libraryUpdateLibrary } from "@/api";
import { messageOf } from "@/lib/errors";
import { formatShortDate, plural } from "@/lib/format";
import { download } from "@/lib/http";
import { notifyError } from "@/lib/notices";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { Button, IconButton } from "@/ui/button";
import { Menu, MenuItem, MenuLine } from "@/ui/menu";
import { Card, Page } from "@/ui/page";
import { Badge, Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { librariesOptions } from "./data";
import { DeleteLibraryDialog, LibraryDialog } from "./library-dialogs";
import { TransferDialog, useTransferTargets } from "./transfer-dialog";

interface LibrariesPageProps {
  /** Opens what lets others do more with one library; absent where the person may not decide that. */
  onShare?: ((library: LibraryRead) => void) | undefined;
}

export function LibrariesPage({ onShare }: LibrariesPageProps) {
  const can = useCan();
  const [isAdding, setAdding] = useState(false);
  const libraries = useQuery(librariesOptions);
  const mayManage = can("library.library.manage");
  const add = mayManage ? <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>New library</Button> : null;
  return (
    <Page title="Libraries" width="text" summary="Shelves of this space; a copy stands in exactly one" actions={add}>
      {libraries.isPending ? <SkeletonRows count={3} className="h-20" /> : null}
      {libraries.isError ? <ErrorNote error={libraries.error} onRetry={() => void libraries.refetch()} /> : null}
      {libraries.data?.length === 0 ? <Empty icon={<Library size={22} aria-hidden />} title="No library yet" actions={add}>A library is a shelf: the living room, the archive, the children’s books.</Empty> : null}
      {libraries.data && libraries.data.length > 0 ? (
        <Card><ul className="divide-y divide-line">{libraries.data.map((library) => <Row key={library.id} library={library} all={libraries.data} mayManage={mayManage} onShare={onShare} />)}</ul></Card>
      ) : null}
      {isAdding ? <LibraryDialog onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}

interface RowProps extends LibrariesPageProps {
  library: LibraryRead;
  all: readonly LibraryRead[];
  mayManage: boolean;
}

function Row({ library, all, mayManage, onShare }: RowProps) {
  const can = useCan();
  const mayExport = can("exchange.export.create");
  const [open, setOpen] = useState<"edit" | "delete" | "transfer" | null>(null);
  const save = (): void => {
    download(`/api/v1/exports/library.csv?library=${encodeURIComponent(library.slug)}`, `${library.slug}.csv`).catch((error: unknown) => notifyError(messageOf(error)));
  };
  return (
    <li className="flex items-center gap-4 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <Link to="/" search={{ library: [library.slug] }} className="font-serif text-base font-semibold hover:underline">{library.name}</Link>
          {library.is_default ? <Badge tone="accent">Default</Badge> : null}
          {library.archived_at ? <Badge>Archived {formatShortDate(library.archived_at)}</Badge> : null}
        </p>
        {library.description ? <p className="text-quiet">{library.description}</p> : null}
        <p className="text-xs text-quiet tabular">
          {plural(library.titles_count, "work")} · <Link to="/copies" search={{ library: [library.slug] }} className="underline-offset-2 hover:underline">{plural(library.copies_count, "copy", "copies")}</Link>
        </p>
      </div>
      {mayManage || mayExport || onShare ? (
        <Menu trigger={<IconButton label={`Actions for ${library.name}`}><Ellipsis size={18} aria-hidden /></IconButton>}>
          {mayExport ? <MenuItem icon={<Download size={16} aria-hidden />} onSelect={save}>Export as a table</MenuItem> : null}
          {onShare ? <MenuItem icon={<Share2 size={16} aria-hidden />} onSelect={() => onShare(library)}>Share</MenuItem> : null}
          {mayManage ? <ManageItems library={library} onEdit={() => setOpen("edit")} onTransfer={() => setOpen("transfer")} onDelete={() => setOpen("delete")} /> : null}
        </Menu>
      ) : null}
      {open === "edit" ? <LibraryDialog library={library} onClose={() => setOpen(null)} /> : null}
      {open === "transfer" ? <TransferDialog library={library} onClose={() => setOpen(null)} /> : null}
      {open === "delete" ? <DeleteLibraryDialog library={library} others={all.filter((each) => each.id !== library.id && !each.archived_at)} onClose={() => setOpen(null)} /> : null}
    </li>
  );
}

/** What only those may do who keep the libraries. */
function ManageItems({ library, onEdit, onTransfer, onDelete }: { library: LibraryRead; onEdit: () => void; onTransfer: () => void; onDelete: () => void }) {
  const targets = useTransferTargets();
  const path = { library_id: library.id };
  const toggle = useAction({
    run: () => (library.archived_at ? libraryRestoreLibrary({ path }) : libraryArchiveLibrary({ path })),
    touches: ["library", "catalog", "activity"],
    done: library.archived_at ? `“${library.name}” is open again` : `“${library.name}” is archived`,
  });
  const makeDefault = useAction({
    run: () => libraryUpdateLibrary({ path, body: { is_default: true } }),
    touches: ["library", "activity"],
    done: `New copies go to “${library.name}”`,
  });
  return (
    <>
      <MenuItem icon={<Pencil size={16} aria-hidden />} onSelect={onEdit}>Rename or describe</MenuItem>
      {library.is_default || library.archived_at ? null : <MenuItem icon={<Star size={16} aria-hidden />} onSelect={() => makeDefault.mutate()}>Make it the default</MenuItem>}
      {library.is_default && !library.archived_at ? null : (
      <MenuItem icon={library.archived_at ? <ArchiveRestore size={16} aria-hidden /> : <Archive size={16} aria-hidden />} onSelect={() => toggle.mutate()}>{library.archived_at ? "Open again" : "Archive"}</MenuItem>
      )}
      {targets.length > 0 ? <MenuItem icon={<ArrowRightLeft size={16} aria-hidden />} onSelect={onTransfer}>Give to another space</MenuItem> : null}
      {library.is_default ? null : <><MenuLine /><MenuItem danger icon={<Trash2 size={16} aria-hidden />} onSelect={() => onDelete()}>Delete</MenuItem></>}
    </>
  );
}
