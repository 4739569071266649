import { Pencil, X } from "lucide-react";
import { useState } from "react";
import type { BulkFilter } from "@/api";
import { formatNumber, plural } from "@/lib/format";
import { Button, IconButton } from "@/ui/button";
import { BulkDialog, type BulkTarget } from "./bulk-dialog";

interface BulkBarProps {
  selected: ReadonlySet<string>;
  total: number;
  /** The filter of the list, when the server can find the same works by it again. */
  filter: BulkFilter | null;
  onClear: () => void;
}

/** Appears with the first selected work: how many, all of them, and what to do. */
export function BulkBar({ selected, total, filter, onClear }: BulkBarProps) {
  const [everything, setEverything] = useState(false);
  const [isOpen, setOpen] = useState(false);
  if (selected.size === 0) return null;
  const target: BulkTarget = everything && filter ? { filter } : { ids: [...selected] };
  const count = everything ? total : selected.size;
  return (
    <div role="region" aria-label="Selected works" className="sticky bottom-20 z-20 mx-auto flex w-full max-w-2xl flex-wrap items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-4 shadow-raised animate-rise sm:bottom-4">
      <p className="mr-auto font-medium tabular">{plural(count, "work")} selected</p>
      {!everything && filter && total > selected.size ? <Button size="s" look="quiet" onClick={() => setEverything(true)}>Select all {formatNumber(total)}</Button> : null}
      <Button look="primary" size="s" icon={<Pencil size={14} aria-hidden />} onClick={() => setOpen(true)}>Edit together</Button>
      <IconButton label="Clear the selection" size="s" onClick={() => { setEverything(false); onClear(); }}><X size={16} aria-hidden /></IconButton>
      {isOpen ? <BulkDialog target={target} count={count} onClose={() => setOpen(false)} onDone={() => { setEverything(false); onClear(); }} /> : null}
    </div>
  );
}
