import type { CopyItem, EditionRead } from "@/api";
import { FORMATS, labelOf } from "@/lib/labels";

export interface Lendable {
  id: string;
  label: string;
}

/** A copy in words, enough to tell it from the others on the shelf. */
export function lendable(copy: CopyItem, edition: Pick<EditionRead, "format" | "name">): Lendable {
  return { id: copy.id, label: [labelOf(FORMATS, edition.format), edition.name, copy.location].filter(Boolean).join(", ") };
}
