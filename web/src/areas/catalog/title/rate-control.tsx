import { libraryRemoveRating, libraryRateTitle, type TitleRead } from "@/api";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { StarInput } from "@/ui/stars";
import { patchTitle } from "./patch-title";

/** My own stars: shown at once, taken back if the server refuses. */
export function RateControl({ title }: { title: TitleRead }) {
  const can = useCan();
  const rate = useAction<number | null>({
    run: (rating) => rating === null
      ? libraryRemoveRating({ path: { title_id: title.id } })
      : libraryRateTitle({ path: { title_id: title.id }, body: { rating } }),
    touches: ["catalog"],
    ahead: (my_rating, client) => patchTitle(client, title.slug, { my_rating }),
  });
  if (!can("library.note.create")) return null;
  return (
    <div className="flex items-center gap-3">
      <span className="text-xs font-medium text-quiet">Your rating</span>
      <StarInput value={title.my_rating} onChange={(value) => rate.mutate(value)} />
    </div>
  );
}
