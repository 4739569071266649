import { useSuspenseQueries, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { catalogUpdateTitle, type EpisodeRead, type TitleRead } from "@/api";
import { ApiError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { UnsavedGuard } from "@/ui/guard";
import { Page } from "@/ui/page";
import { seasonOptions, titleOptions } from "../data";
import { draftOf, isSame, toUpdate } from "./draft";
import { TitleForm } from "./title-form";

export function EditTitlePage({ titleId }: { titleId: string }) {
  const { data: title, refetch } = useSuspenseQuery(titleOptions(titleId));
  const seasons = useSuspenseQueries({ queries: title.seasons.map((season) => seasonOptions(title.id, season.number)) });
  const episodes = new Map(title.seasons.map((season, index) => [season.number, seasons[index]?.data ?? []]));
  const [base, setBase] = useState({ title, episodes });
  const reload = async (): Promise<void> => {
    const { data } = await refetch();
    if (data) setBase({ title: data, episodes });
  };
  // A new revision begins a new form.
  return <EditForm key={base.title.revision} title={base.title} episodes={base.episodes} onReload={() => void reload()} />;
}

function EditForm({ title, episodes, onReload }: { title: TitleRead; episodes: ReadonlyMap<number, readonly EpisodeRead[]>; onReload: () => void }) {
  const navigate = useNavigate();
  const [before] = useState(() => draftOf(title, episodes));
  const [draft, setDraft] = useState(before);
  const leave = (slug: string, isSaved: boolean): void => void navigate({ to: "/titles/$titleId", params: { titleId: slug }, ignoreBlocker: isSaved });
  const save = useAction({
    inline: true,
    run: async () => (await catalogUpdateTitle({ path: { key: title.id }, body: toUpdate(before, draft, title.revision) })).data,
    touches: ["catalog", "search", "activity", "library"],
    done: "Saved",
    onDone: (saved) => leave(saved.slug, true),
  });
  const isStale = save.error instanceof ApiError && save.error.status === 409;
  const isDirty = !isSame(before, draft);
  return (
    <Page title={`Edit “${title.title}”`} width="text">
      <UnsavedGuard when={isDirty && !save.isSuccess} />
      {isStale ? (
        <div role="alert" className="flex flex-wrap items-center gap-3 rounded-lg bg-warning-soft p-4">
          <p className="flex-1 basis-64">Someone saved this work while you were editing. Load their version and make your changes again, so that nothing of theirs is lost.</p>
          <Button size="s" onClick={onReload}>Load their version</Button>
        </div>
      ) : null}
      <TitleForm isNew={false} draft={draft} onChange={setDraft} onSubmit={() => { if (isDirty) save.mutate(); else leave(title.slug, true); }} onCancel={() => leave(title.slug, false)} submit="Save" busy={save.isPending} error={isStale ? null : save.error} />
    </Page>
  );
}
