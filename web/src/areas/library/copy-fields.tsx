import type { LibraryRead } from "@/api";
import { CONDITIONS, FORMATS, FORMATS_OF, type Format, type Kind, RESOLUTIONS } from "@/lib/labels";
import { Checkbox } from "@/ui/checkbox";
import { Field, Input, optionsOf, Select, Textarea } from "@/ui/field";
import { type CopyDraft, toCents } from "./copy-draft";

export interface DraftProps {
  draft: CopyDraft;
  onChange: (part: Partial<CopyDraft>) => void;
}

const VIDEO: readonly Format[] = ["dvd", "bluray", "uhd", "vhs", "laserdisc", "digital"];
const CURRENCIES = ["EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD"];

/** Formats of the kind first, all others after them. */
function formatOptions(kind: Kind): { value: string; label: string }[] {
  const usual = FORMATS_OF[kind];
  const rest = (Object.keys(FORMATS) as Format[]).filter((format) => !usual.includes(format));
  return optionsOf(FORMATS, [...usual, ...rest]);
}

export function EditionFields({ draft, onChange, kind }: DraftProps & { kind: Kind }) {
  const isVideo = VIDEO.includes(draft.format);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Format"><Select value={draft.format} options={formatOptions(kind)} onValue={(format) => onChange({ format: format as Format })} /></Field>
      {isVideo ? (
        <>
          <Field label="Resolution" optional><Select value={draft.resolution} blank="Not known" options={optionsOf(RESOLUTIONS)} onValue={(resolution) => onChange({ resolution })} /></Field>
          <Field label="Region" optional><Input value={draft.region} onChange={(event) => onChange({ region: event.target.value })} placeholder="B, 2, free" /></Field>
        </>
      ) : null}
      <Field label="Edition" optional><Input value={draft.editionName} onChange={(event) => onChange({ editionName: event.target.value })} placeholder="Restored 2010" /></Field>
      <Field label="Barcode" optional><Input value={draft.barcode} onChange={(event) => onChange({ barcode: event.target.value })} inputMode="numeric" /></Field>
      <Field label="Publisher or label" optional><Input value={draft.publisher} onChange={(event) => onChange({ publisher: event.target.value })} /></Field>
      <Field label="Released" optional><Input type="date" value={draft.released_on} onChange={(event) => onChange({ released_on: event.target.value })} /></Field>
    </div>
  );
}

export function CopyFields({ draft, onChange, libraries }: DraftProps & { libraries: readonly LibraryRead[] }) {
  const open = libraries.filter((library) => !library.archived_at || library.slug === draft.library);
  const priceError = draft.price.trim() !== "" && toCents(draft.price) === null ? "Write an amount such as 12.50." : undefined;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {open.length > 1 ? (
        <Field label="Library"><Select value={draft.library} options={open.map(({ slug, name }) => ({ value: slug, label: name }))} onValue={(library) => onChange({ library })} /></Field>
      ) : null}
      <Field label="Location" optional><Input value={draft.location} onChange={(event) => onChange({ location: event.target.value })} placeholder="Shelf B2" /></Field>
      <Field label="Condition" optional><Select value={draft.condition} blank="Not said" options={optionsOf(CONDITIONS)} onValue={(condition) => onChange({ condition })} /></Field>
      <Field label="Bought on" optional><Input type="date" value={draft.bought_on} onChange={(event) => onChange({ bought_on: event.target.value })} /></Field>
      <div className="flex gap-2">
        <Field label="Price" optional error={priceError} className="flex-1"><Input value={draft.price} onChange={(event) => onChange({ price: event.target.value })} inputMode="decimal" placeholder="12.50" /></Field>
        <Field label="Currency" className="w-24"><Select value={draft.currency} options={[...new Set([...CURRENCIES, draft.currency])].map((value) => ({ value, label: value }))} onValue={(currency) => onChange({ currency })} /></Field>
      </div>
      <div className="flex items-end pb-2"><Checkbox label="Signed" checked={draft.signed} onChange={(signed) => onChange({ signed })} /></div>
      <Field label="Notes on this copy" optional className="sm:col-span-2"><Textarea rows={2} value={draft.notes} onChange={(event) => onChange({ notes: event.target.value })} /></Field>
    </div>
  );
}
