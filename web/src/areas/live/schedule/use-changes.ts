import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { liveChangeSchedule, liveUndoScheduleChange, type ScheduleChanges } from "@/api";
import { messageOf } from "@/lib/errors";
import { notify, notifyError } from "@/lib/notices";
import { invalidate, type Touched } from "@/lib/queries";
import { bodyOf, conflictOf, showAhead } from "./data";
import type { Draft, InTheWay, Offer } from "./places";

const TOUCHES: readonly Touched[] = ["live", "activity"];

/** A draft that the server refused, and what is in its way. Nothing of it is lost until somebody decides. */
export interface Conflict {
  draft: Draft;
  met: InTheWay[];
}

export interface Changes {
  conflict: Conflict | null;
  isBusy: boolean;
  error: unknown;
  /** Makes a draft true; answers whether that worked. */
  save: (draft: Draft, said: string) => Promise<boolean>;
  accept: (offer: Offer) => Promise<boolean>;
  remove: (draft: Draft) => Promise<boolean>;
  dismiss: () => void;
}

/** Writes to the schedule: shown at once, rolled back when refused, taken back with one press. */
export function useChanges(): Changes {
  const client = useQueryClient();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  const undo = useCallback(async (id: string): Promise<void> => {
    try {
      await liveUndoScheduleChange({ path: { undo_id: id } });
      notify("The schedule is as it was");
    } catch (failure) {
      notifyError(messageOf(failure));
    }
    await invalidate(client, TOUCHES);
  }, [client]);

  const send = useCallback(async (body: ScheduleChanges, said: string, draft: Draft | null): Promise<boolean> => {
    setError(null);
    setBusy(true);
    const rollBack = showAhead(client, body);
    try {
      const { data } = await liveChangeSchedule({ body });
      setConflict(null);
      const id = data.undo_id;
      if (id) notify(said, { label: "Undo", run: () => void undo(id) });
      await invalidate(client, TOUCHES);
      return true;
    } catch (failure) {
      rollBack();
      const met = conflictOf(failure);
      if (met && met.length > 0 && draft) {
        setConflict({ draft, met });
      } else {
        setError(failure);
        notifyError(messageOf(failure));
      }
      void invalidate(client, ["live"]);
      return false;
    } finally {
      setBusy(false);
    }
  }, [client, undo]);

  return {
    conflict, isBusy, error,
    save: (draft, said) => send(bodyOf(draft), said, draft),
    accept: (offer) => {
      if (!conflict) return Promise.resolve(false);
      const draft = { ...conflict.draft, place: offer.place };
      return send(bodyOf(draft, offer), `“${draft.words.title}” is in the schedule`, draft);
    },
    remove: ({ entry, words }) => (entry ? send({ remove: [entry.id] }, `“${words.title}” is out of the schedule`, null) : Promise.resolve(false)),
    dismiss: () => { setConflict(null); setError(null); },
  };
}
