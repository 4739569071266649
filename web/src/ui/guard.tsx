import { useBlocker } from "@tanstack/react-router";
import { Confirm } from "./dialog";

/** Asks before unsaved work is left, inside the application and when the tab closes. */
export function UnsavedGuard({ when }: { when: boolean }) {
  const blocker = useBlocker({ shouldBlockFn: () => when, enableBeforeUnload: () => when, withResolver: true });
  if (blocker.status !== "blocked") return null;
  return (
    <Confirm
      open
      onOpenChange={(open) => { if (!open) blocker.reset(); }}
      title="Leave without saving?"
      confirm="Leave"
      cancel="Keep editing"
      onConfirm={blocker.proceed}
    >
      What you changed on this page is not saved yet and would be lost.
    </Confirm>
  );
}
