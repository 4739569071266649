export interface NoticeAction {
  label: string;
  run: () => void;
}

export interface Notice {
  id: number;
  tone: "good" | "bad";
  message: string;
  action?: NoticeAction;
}

let items: readonly Notice[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Notice[]): void {
  items = next;
  listeners.forEach((listener) => listener());
}

export const notices = (): readonly Notice[] => items;

export function subscribeNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function dismissNotice(id: number): void {
  set(items.filter((item) => item.id !== id));
}

/** Says that something worked, with the one thing the person may want next (mostly undo). */
export function notify(message: string, action?: NoticeAction): void {
  set([...items.slice(-2), { id: nextId++, tone: "good", message, ...(action ? { action } : {}) }]);
}

/** Says that something failed; the same sentence is not stacked. */
export function notifyError(message: string): void {
  if (items.some((item) => item.message === message)) return;
  set([...items.slice(-2), { id: nextId++, tone: "bad", message }]);
}
