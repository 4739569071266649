import type { CopyItem, EditionCreate, EditionRead } from "@/api";
import type { Condition, Format, Resolution } from "@/lib/labels";

/** The form's side of a copy and its edition: everything text, as it is typed. */
export interface CopyDraft {
  editionId: string;
  format: Format;
  resolution: string;
  region: string;
  editionName: string;
  barcode: string;
  publisher: string;
  released_on: string;
  library: string;
  condition: string;
  location: string;
  price: string;
  currency: string;
  bought_on: string;
  signed: boolean;
  notes: string;
}

export const NEW_EDITION = "new";

export function emptyDraft(format: Format, library: string, editionId: string): CopyDraft {
  return {
    editionId, format, library, resolution: "", region: "", editionName: "", barcode: "", publisher: "", released_on: "",
    condition: "", location: "", price: "", currency: "EUR", bought_on: "", signed: false, notes: "",
  };
}

export function draftOf(copy: CopyItem): CopyDraft {
  return {
    ...emptyDraft("other", copy.library.slug, copy.edition_id),
    condition: copy.condition ?? "",
    location: copy.location ?? "",
    price: copy.price_cents === null ? "" : (copy.price_cents / 100).toFixed(2),
    currency: copy.currency ?? "EUR",
    bought_on: copy.bought_on ?? "",
    signed: copy.signed,
    notes: copy.notes ?? "",
  };
}

export function editionDraft(edition: EditionRead): CopyDraft {
  return {
    ...emptyDraft(edition.format, "", edition.id),
    resolution: edition.resolution,
    region: edition.region,
    editionName: edition.name,
    barcode: edition.barcode,
    publisher: edition.publisher ?? "",
    released_on: edition.released_on ?? "",
  };
}

/** "12,50" and "12.50" are both 1250 cents; what is no amount is null. */
export function toCents(text: string): number | null {
  const clean = text.trim().replace(/\s/g, "").replace(",", ".");
  if (!/^\d+(\.\d{1,2})?$/.test(clean)) return null;
  return Math.round(Number(clean) * 100);
}

const orNull = (text: string): string | null => text.trim() || null;

export function copyFields(draft: CopyDraft) {
  const price_cents = toCents(draft.price);
  return {
    library: draft.library,
    condition: (draft.condition || null) as Condition | null,
    location: orNull(draft.location),
    price_cents,
    currency: price_cents === null ? null : draft.currency,
    bought_on: orNull(draft.bought_on),
    signed: draft.signed,
    notes: orNull(draft.notes),
  };
}

export function editionFields(draft: CopyDraft): EditionCreate {
  return {
    format: draft.format,
    resolution: (draft.resolution || null) as Resolution | null,
    region: orNull(draft.region),
    name: orNull(draft.editionName),
    barcode: orNull(draft.barcode),
    publisher: orNull(draft.publisher),
    released_on: orNull(draft.released_on),
  };
}
