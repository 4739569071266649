import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type ArchivedSpaceRead, spacesArchiveSpace, spacesListArchivedSpaces, spacesRestoreSpace } from "@/api";
import { formatDate } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { sessionOptions } from "@/lib/session";
import { activeSpace } from "@/lib/space";
import { Button } from "@/ui/button";
import { ConfirmButton } from "@/ui/dialog";
import { Card } from "@/ui/page";

/** An archived space is closed to everybody and loses nothing. */
export function ArchiveSpace({ slug, name }: { slug: string; name: string }) {
  const client = useQueryClient();
  const router = useRouter();
  const archive = useAction({
    run: () => spacesArchiveSpace({ path: { slug } }),
    touches: [],
    done: `“${name}” is archived`,
    onDone: () => { activeSpace.set(""); client.clear(); void router.navigate({ to: "/", search: {} }); },
  });
  return (
    <ConfirmButton title={`Archive “${name}”?`} confirm="Archive" onConfirm={() => archive.mutate()} button={(ask) => <div><Button busy={archive.isPending} onClick={ask}>Archive this space</Button></div>}>
      Nobody can enter it until an owner restores it. Nothing in it is deleted.
    </ConfirmButton>
  );
}

export function ArchivedSpaces() {
  const spaces = useQuery({ queryKey: [{ _id: "spacesListArchivedSpaces" }], queryFn: async ({ signal }) => (await spacesListArchivedSpaces({ signal })).data.items });
  if (!spaces.data || spaces.data.length === 0) return null;
  return <Card><ul className="divide-y divide-line">{spaces.data.map((space) => <Archived key={space.id} space={space} />)}</ul></Card>;
}

function Archived({ space }: { space: ArchivedSpaceRead }) {
  const client = useQueryClient();
  const restore = useAction({ run: () => spacesRestoreSpace({ path: { slug: space.slug } }), touches: ["spaces"], done: `“${space.name}” is open again`, onDone: () => void client.invalidateQueries({ queryKey: sessionOptions.queryKey }) });
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <p className="min-w-0 flex-1"><span className="font-medium">{space.name}</span> <span className="text-xs text-quiet">archived {formatDate(space.archived_at)}</span></p>
      <Button size="s" busy={restore.isPending} onClick={() => restore.mutate()}>Restore</Button>
    </li>
  );
}
