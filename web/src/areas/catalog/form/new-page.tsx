import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { catalogCreateTitle } from "@/api";
import type { Kind } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { UnsavedGuard } from "@/ui/guard";
import { Page } from "@/ui/page";
import { emptyTitle, isSame, toCreate } from "./draft";
import { TitleForm } from "./title-form";

/** A work added by hand. */
export function NewTitlePage({ kind = "movie" }: { kind?: Kind }) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => emptyTitle(kind));
  const add = useAction({
    inline: true,
    run: async () => (await catalogCreateTitle({ body: toCreate(draft) })).data,
    touches: ["catalog", "search", "activity"],
    done: (title) => `“${title.title}” is in the catalogue`,
    onDone: (title) => void navigate({ to: "/titles/$titleId", params: { titleId: title.slug }, ignoreBlocker: true }),
  });
  return (
    <Page title="Add a work" width="text" summary="Only the title is needed; the rest can follow.">
      <UnsavedGuard when={!isSame(draft, emptyTitle(draft.kind)) && !add.isSuccess} />
      <TitleForm isNew draft={draft} onChange={setDraft} onSubmit={() => add.mutate()} onCancel={() => void navigate({ to: "/", search: {} })} submit="Add the work" busy={add.isPending} error={add.error} />
    </Page>
  );
}
