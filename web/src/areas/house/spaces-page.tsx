import { useQuery } from "@tanstack/react-query";
import { Boxes, Plus } from "lucide-react";
import { useState } from "react";
import type { HouseSpaceRead } from "@/api";
import { formatShortDate } from "@/lib/format";
import { useUser } from "@/lib/session";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { Badge, Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { houseSpacesOptions } from "./admin-data";
import { limitWords } from "./limits";
import { ProvisionDialog, QuotaDialog } from "./space-dialogs";

/** All spaces from outside: who owns them and how much they may hold, not what is in them. */
export function HouseSpacesPage() {
  const user = useUser();
  if (!user.is_instance_owner) return <Empty icon={<Boxes size={20} aria-hidden />} title="For owners of the house">They make spaces for others and say how much these may hold.</Empty>;
  return <Spaces />;
}

function Spaces() {
  const spaces = useQuery(houseSpacesOptions);
  const [isMaking, setMaking] = useState(false);
  const [open, setOpen] = useState<HouseSpaceRead | null>(null);
  return (
    <Section title="Spaces" actions={<Button icon={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>Space for somebody</Button>}>
      <p className="text-quiet">From outside: to look into a space that is not yours, visit it from the desk.</p>
      {spaces.isPending ? <SkeletonRows count={3} className="h-16" /> : null}
      {spaces.isError ? <ErrorNote error={spaces.error} onRetry={() => void spaces.refetch()} /> : null}
      {spaces.data && spaces.data.length > 0 ? (
        <Card>
          <ul className="divide-y divide-line">
            {spaces.data.map((space) => (
              <li key={space.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
                <div className="min-w-0 flex-1 basis-60">
                  <p className="flex flex-wrap items-center gap-2 font-medium">{space.name}{space.archived_at ? <Badge>Archived {formatShortDate(space.archived_at)}</Badge> : null}</p>
                  <p className="text-xs text-quiet">{[space.owners.join(", ") || "nobody owns it", `since ${formatShortDate(space.created_at)}`].join(" · ")}</p>
                  <p className="text-xs text-quiet tabular">{limitWords(space.limits)}</p>
                </div>
                <Button size="s" aria-label={`Limits of ${space.name}`} onClick={() => setOpen(space)}>Limits</Button>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {isMaking ? <ProvisionDialog onClose={() => setMaking(false)} /> : null}
      {open ? <QuotaDialog space={open} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}
