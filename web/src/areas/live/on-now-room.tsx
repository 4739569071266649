import { Skeleton } from "@/ui/states";

/** Cards on their way, as many as the widest page shows. */
export const waitingCards = Array.from({ length: 5 }, (_, index) => <li key={index} aria-hidden className="shrink-0"><Skeleton className="h-32 w-72 rounded-lg" /></li>);

/** What stands where "On television" will be: the same height, to the pixel. */
export function OnNowRoom() {
  return (
    <div role="status" aria-label="Loading television" className="flex flex-col gap-3">
      <div className="flex min-h-8 items-center gap-2"><Skeleton className="h-5 w-32" /><Skeleton className="ml-2 h-8 w-20 rounded-full" /><Skeleton className="h-8 w-28 rounded-full" /></div>
      <ul className="-mx-4 flex gap-3 overflow-hidden px-4 pb-2 sm:mx-0 sm:px-0">{waitingCards}</ul>
    </div>
  );
}
