import { useSyncExternalStore } from "react";

/**
 * Some writes want to see again who is there. The call that is refused waits here until the dialog at the root of the
 * application has an answer; several calls wait for the same one.
 */
let asked: { promise: Promise<boolean>; answer: (isShown: boolean) => void } | null = null;
const listeners = new Set<() => void>();

function change(next: typeof asked): void {
  asked = next;
  listeners.forEach((listener) => listener());
}

/** Opens the dialog; tells whether the person showed who they are. */
export function askForProof(): Promise<boolean> {
  if (!asked) {
    let answer: (isShown: boolean) => void = () => undefined;
    const promise = new Promise<boolean>((resolve) => { answer = resolve; });
    change({ promise, answer });
  }
  return asked?.promise ?? Promise.resolve(false);
}

export function answerProof(isShown: boolean): void {
  asked?.answer(isShown);
  change(null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export const useIsProofAsked = (): boolean => useSyncExternalStore(subscribe, () => asked !== null);
