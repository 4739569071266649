import { useRef, useState } from "react";
import { libraryRateTitle, libraryRemoveRating, type TitleRead } from "@/api";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { StarInput } from "@/ui/stars";
import { patchTitle } from "./patch-title";

/** Stars move under a finger or an arrow key; only where they come to rest is sent. */
const REST_MS = 350;

/** My own stars: shown at once, taken back if the server refuses. */
export function RateControl({ title }: { title: TitleRead }) {
  const can = useCan();
  const [moving, setMoving] = useState<{ value: number | null } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const rate = useAction<number | null>({
    run: (rating) => rating === null
      ? libraryRemoveRating({ path: { title_id: title.id } })
      : libraryRateTitle({ path: { title_id: title.id }, body: { rating } }),
    touches: ["catalog"],
    ahead: (my_rating, client) => patchTitle(client, title.id, { my_rating }),
  });
  if (!can("library.note.create")) return null;
  const move = (value: number | null): void => {
    setMoving({ value });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      rate.mutate(value);
      setMoving(null);
    }, REST_MS);
  };
  return (
    <div className="flex items-center gap-3">
      <span className="text-xs font-medium text-quiet">Your rating</span>
      <StarInput value={moving ? moving.value : title.my_rating} onChange={move} />
    </div>
  );
}
