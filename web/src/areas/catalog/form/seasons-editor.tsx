import { ChevronRight, Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { type EpisodeDraft, newKey, type SeasonDraft } from "./draft";

const nextNumber = (list: readonly { number: string }[]): string => String(Math.max(0, ...list.map((each) => Number(each.number) || 0)) + 1);

/** Seasons with their episodes; a season opens to show them. */
export function SeasonsEditor({ seasons, onChange }: { seasons: readonly SeasonDraft[]; onChange: (seasons: SeasonDraft[]) => void }) {
  const set = (key: number, part: Partial<SeasonDraft>): void => onChange(seasons.map((season) => (season.key === key ? { ...season, ...part } : season)));
  return (
    <div className="flex flex-col gap-3">
      {seasons.map((season) => (
        <details key={season.key} className="group rounded-lg border border-line" open={seasons.length === 1}>
          <summary className="flex list-none items-center gap-3 px-3 py-2 [&::-webkit-details-marker]:hidden">
            <ChevronRight size={16} className="text-quiet transition-transform group-open:rotate-90" aria-hidden />
            <span className="flex-1 font-medium">{season.number === "0" ? "Specials" : `Season ${season.number}`}</span>
            <span className="text-xs text-quiet tabular">{season.episodes.length} episodes</span>
          </summary>
          <div className="flex flex-col gap-4 border-t border-line p-3">
            <div className="grid grid-cols-2 gap-3 sm:grid-cols-[6rem_1fr_9rem_auto]">
              <Field label="Number"><Input inputMode="numeric" value={season.number} onChange={(event) => set(season.key, { number: event.target.value })} /></Field>
              <Field label="Title" className="max-sm:order-3 max-sm:col-span-2"><Input value={season.title} onChange={(event) => set(season.key, { title: event.target.value })} /></Field>
              <Field label="Episodes expected"><Input inputMode="numeric" value={season.expected} onChange={(event) => set(season.key, { expected: event.target.value })} /></Field>
              <div className="flex items-end max-sm:order-4"><Button look="quiet" icon={<Trash2 size={14} aria-hidden />} onClick={() => onChange(seasons.filter(({ key }) => key !== season.key))}>Remove</Button></div>
            </div>
            <Episodes episodes={season.episodes} onChange={(episodes) => set(season.key, { episodes })} />
          </div>
        </details>
      ))}
      <div>
        <Button size="s" icon={<Plus size={14} aria-hidden />} onClick={() => onChange([...seasons, { key: newKey(), number: nextNumber(seasons), title: "", expected: "", episodes: [] }])}>Add a season</Button>
      </div>
    </div>
  );
}

function Episodes({ episodes, onChange }: { episodes: readonly EpisodeDraft[]; onChange: (episodes: EpisodeDraft[]) => void }) {
  const set = (key: number, part: Partial<EpisodeDraft>): void => onChange(episodes.map((episode) => (episode.key === key ? { ...episode, ...part } : episode)));
  return (
    <div className="flex flex-col gap-2">
      {episodes.map((episode) => (
        <div key={episode.key} className="grid grid-cols-[3.5rem_1fr_auto] gap-2 sm:grid-cols-[3.5rem_1fr_10rem_5rem_auto]">
          <Input aria-label="Episode number" inputMode="numeric" value={episode.number} onChange={(event) => set(episode.key, { number: event.target.value })} />
          <Input aria-label={`Title of episode ${episode.number}`} value={episode.title} onChange={(event) => set(episode.key, { title: event.target.value })} />
          <Input aria-label={`First shown, episode ${episode.number}`} type="date" value={episode.aired_on} onChange={(event) => set(episode.key, { aired_on: event.target.value })} className="max-sm:hidden" />
          <Input aria-label={`Minutes of episode ${episode.number}`} inputMode="numeric" placeholder="min" value={episode.runtime} onChange={(event) => set(episode.key, { runtime: event.target.value })} className="max-sm:hidden" />
          <IconButton label={`Remove episode ${episode.number}`} onClick={() => onChange(episodes.filter(({ key }) => key !== episode.key))}><Trash2 size={14} aria-hidden /></IconButton>
        </div>
      ))}
      <div>
        <Button size="s" look="quiet" icon={<Plus size={14} aria-hidden />} onClick={() => onChange([...episodes, { key: newKey(), number: nextNumber(episodes), title: "", aired_on: "", runtime: "", synopsis: "" }])}>Add an episode</Button>
      </div>
    </div>
  );
}
