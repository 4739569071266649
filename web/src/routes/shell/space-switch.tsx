import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ChevronsUpDown } from "lucide-react";
import { sessionOptions, useSession, useSpace } from "@/lib/session";
import { activeSpace } from "@/lib/space";
import { Menu, MenuLabel, MenuRadio } from "@/ui/menu";

/** Who belongs to one space never sees the word; who belongs to several changes here. */
export function SpaceSwitch() {
  const { spaces } = useSession();
  const space = useSpace();
  const client = useQueryClient();
  const navigate = useNavigate();
  if (spaces.length < 2 || !space) return null;
  const change = (slug: string): void => {
    activeSpace.set(slug);
    // Nothing of the old space may show in the new one.
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionOptions.queryKey[0] });
    void navigate({ to: "/", search: {} });
    void client.invalidateQueries();
  };
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="flex w-full items-center gap-2 rounded-sm border border-line bg-raised px-3 py-1.5 text-left text-xs font-medium hover:border-line-strong">
          <span className="min-w-0 flex-1 truncate"><span className="sr-only">Space: </span>{space.name}</span>
          <ChevronsUpDown size={14} className="text-quiet" aria-hidden />
        </button>
      }
    >
      <MenuLabel>Spaces</MenuLabel>
      <MenuRadio value={space.slug} onValue={change} options={spaces.map(({ slug, name }) => ({ value: slug, label: name }))} />
    </Menu>
  );
}
