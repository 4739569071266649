import { type ReactNode, useState } from "react";
import { countries, languages } from "@/lib/codes";
import { ApiError, fieldError } from "@/lib/errors";
import { type Kind, KINDS, STATUSES, type Status } from "@/lib/labels";
import { Button } from "@/ui/button";
import { ToggleChip } from "@/ui/chip";
import { CodeInput } from "@/ui/code-input";
import { Field, Input, optionsOf, Select, Textarea } from "@/ui/field";
import { Card } from "@/ui/page";
import { FormError } from "@/ui/states";
import { TermInput } from "../term-input";
import { CreditsEditor } from "./credits-editor";
import { DetailsEditor } from "./details-editor";
import { emptyTitle, problemsOf, type TitleDraft } from "./draft";
import { SeasonsEditor } from "./seasons-editor";

interface TitleFormProps {
  draft: TitleDraft;
  onChange: (draft: TitleDraft) => void;
  onSubmit: () => void;
  onCancel: () => void;
  submit: string;
  busy: boolean;
  error: Error | null;
  /** The kind of a work that exists stays; its details would not fit another. */
  isNew: boolean;
}

const EXTERNAL: Record<Kind, readonly (readonly [string, string, string])[]> = {
  movie: [["imdb", "IMDb id", ""], ["tmdb", "TMDB id", ""]],
  series: [["imdb", "IMDb id", ""], ["tmdb", "TMDB id", ""], ["tvdb", "TheTVDB id", ""]],
  album: [["musicbrainz", "MusicBrainz id", ""], ["upc", "UPC", ""]],
  book: [],
  game: [["upc", "UPC", ""]],
  comic: [],
  other: [],
};

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="p-4 sm:p-6">
      <fieldset className="flex min-w-0 flex-col gap-4">
        <legend className="mb-4 font-serif text-lg font-semibold">{title}</legend>
        {children}
      </fieldset>
    </Card>
  );
}

/** One form for every kind of work; it shows the fields that the kind has. */
export function TitleForm({ draft, onChange, onSubmit, onCancel, submit, busy, error, isNew }: TitleFormProps) {
  const [isChecked, setChecked] = useState(false);
  const problems = isChecked ? problemsOf(draft) : {};
  const set = (part: Partial<TitleDraft>): void => onChange({ ...draft, ...part });
  const hasField = error instanceof ApiError && ["title", "year", "runtime_minutes", "minimum_age"].some((name) => fieldError(error, name));
  const setKind = (kind: Kind): void => {
    const isUntouched = draft.credits.every((credit) => credit.name === "");
    set({ kind, ...(isUntouched ? { credits: emptyTitle(kind).credits } : {}) });
  };
  const send = (): void => {
    setChecked(true);
    if (Object.keys(problemsOf(draft)).length === 0) onSubmit();
    else document.getElementById("title-form")?.querySelector<HTMLElement>("[name=title]")?.focus();
  };
  const isRead = draft.kind === "book" || draft.kind === "comic";
  return (
    <form id="title-form" noValidate className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {hasField ? null : <FormError error={error} />}
      {isNew ? (
        <div role="group" aria-label="Kind of work" className="flex flex-wrap gap-2">
          {(Object.keys(KINDS) as Kind[]).map((kind) => <ToggleChip key={kind} on={draft.kind === kind} onClick={() => setKind(kind)}>{KINDS[kind]}</ToggleChip>)}
        </div>
      ) : null}
      <Block title="The work">
        <Field label="Title" error={problems.title ?? fieldError(error, "title")}>
          <Input name="title" value={draft.title} onChange={(event) => set({ title: event.target.value })} autoFocus={isNew} className="h-12 font-serif text-lg" />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Original title"><Input value={draft.original_title} onChange={(event) => set({ original_title: event.target.value })} /></Field>
          <Field label="Sort as" hint="Left empty, leading articles are ignored."><Input value={draft.sort_title} onChange={(event) => set({ sort_title: event.target.value })} /></Field>
        </div>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Field label="Year" error={problems.year ?? fieldError(error, "year")}><Input inputMode="numeric" value={draft.year} onChange={(event) => set({ year: event.target.value })} /></Field>
          <Field label="Released"><Input type="date" value={draft.released_on} onChange={(event) => set({ released_on: event.target.value })} /></Field>
          {isRead ? null : <Field label="Length, minutes" error={problems.runtime ?? fieldError(error, "runtime_minutes")}><Input inputMode="numeric" value={draft.runtime} onChange={(event) => set({ runtime: event.target.value })} /></Field>}
          <Field label="Age rating"><Input value={draft.age_rating} onChange={(event) => set({ age_rating: event.target.value })} /></Field>
        </div>
        <Field label="For people from the age of" optional className="max-w-md" hint="Left empty, it is read from the rating. Profiles with a lower limit do not see the work." error={problems.age ?? fieldError(error, "minimum_age")}>
          <Input inputMode="numeric" value={draft.minimum_age} onChange={(event) => set({ minimum_age: event.target.value })} className="w-28" />
        </Field>
        <Field label="Synopsis"><Textarea rows={4} value={draft.synopsis} onChange={(event) => set({ synopsis: event.target.value })} className="font-serif text-base" /></Field>
      </Block>
      <Block title="People"><CreditsEditor credits={draft.credits} kind={draft.kind} onChange={(credits) => set({ credits })} /></Block>
      {["movie", "series", "other"].includes(draft.kind) ? null : (
        <Block title={`About the ${KINDS[draft.kind].toLowerCase()}`}><DetailsEditor kind={draft.kind} details={draft.details} onChange={(details) => set({ details })} /></Block>
      )}
      {draft.kind === "series" ? <Block title="Seasons"><SeasonsEditor seasons={draft.seasons} onChange={(seasons) => set({ seasons })} /></Block> : null}
      <Block title="Where it belongs">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Genres"><TermInput scheme="genre" values={draft.genres} onChange={(genres) => set({ genres })} placeholder="Drama, Comedy" /></Field>
          <Field label="Tags"><TermInput scheme="tag" values={draft.tags} onChange={(tags) => set({ tags })} /></Field>
          <Field label="Moods"><TermInput scheme="mood" values={draft.moods} onChange={(moods) => set({ moods })} /></Field>
          <Field label="Themes"><TermInput scheme="theme" values={draft.themes} onChange={(themes) => set({ themes })} /></Field>
          <Field label="Languages"><CodeInput book={languages} codes={draft.languages} onChange={(codes) => set({ languages: codes })} placeholder="German" /></Field>
          <Field label="Countries"><CodeInput book={countries} codes={draft.countries} onChange={(codes) => set({ countries: codes })} placeholder="Germany" /></Field>
          {EXTERNAL[draft.kind].map(([scheme, label, placeholder]) => (
            <Field key={scheme} label={label} error={fieldError(error, `external_ids.${scheme}`)}>
              <Input value={draft.external[scheme] ?? ""} onChange={(event) => set({ external: { ...draft.external, [scheme]: event.target.value } })} placeholder={placeholder} />
            </Field>
          ))}
          <Field label="Status" hint="Drafts are seen by editors only."><Select value={draft.status} options={optionsOf(STATUSES)} onValue={(status) => set({ status: status as Status })} /></Field>
        </div>
      </Block>
      <div className="sticky bottom-14 z-10 -mx-4 flex justify-end gap-2 border-t border-line bg-surface/95 px-4 py-3 backdrop-blur-sm sm:bottom-0">
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" busy={busy}>{submit}</Button>
      </div>
    </form>
  );
}
