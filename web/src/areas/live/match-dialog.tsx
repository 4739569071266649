import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { liveMatchProgramme, type ProgrammeRead, type Suggestion } from "@/api";
import { useSettled } from "@/lib/hooks";
import { KINDS } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { suggestOptions } from "@/lib/suggest";
import { Dialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { Thumb } from "@/ui/poster/poster";
import { FormError } from "@/ui/states";

/** Says by hand which work of the library a programme is. */
export function MatchDialog({ programme, onClose }: { programme: ProgrammeRead; onClose: () => void }) {
  const [typed, setTyped] = useState(programme.title);
  const q = useSettled(typed.trim(), 120);
  const found = useQuery(suggestOptions(q));
  const match = useAction({
    run: async (work: Suggestion) => (await liveMatchProgramme({ path: { programme_id: programme.id }, body: { title_id: work.id } })).data,
    touches: ["live"], done: (_, work) => `Joined to ${work.label}`, onDone: onClose, inline: true,
  });
  const works = (found.data ?? []).filter((one) => one.type === "title");
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Which work is it?" description={`“${programme.title}” in the guide`}>
      <div className="flex flex-col gap-4">
        <Field label="Name of the work"><Input type="search" autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} onFocus={(event) => event.target.select()} /></Field>
        <FormError error={match.error ?? found.error} />
        {found.isSuccess && q !== "" && works.length === 0 ? <p className="text-quiet">Nothing in the library is called so.</p> : null}
        <ul className="flex flex-col gap-1">
          {works.map((work) => (
            <li key={work.id}>
              <button type="button" disabled={match.isPending} onClick={() => match.mutate(work)} className="flex w-full items-center gap-3 rounded-sm p-1.5 text-left hover:bg-sunken disabled:opacity-60">
                <Thumb work={{ title: work.label, year: work.year ?? null, kind: work.kind ?? "other", poster: work.poster ?? null }} className="h-12 w-9" />
                <span className="min-w-0">
                  <span className="block truncate font-medium">{work.label}</span>
                  <span className="block text-xs text-quiet">{[work.kind ? KINDS[work.kind] : null, work.year].filter(Boolean).join(" · ")}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
