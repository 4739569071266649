const DISPLAY = new Set(["hidden", "block", "inline-block", "flex", "inline-flex", "grid", "inline-grid", "contents"]);
const SIZED = /^(?:h|w|min-h|max-w|p|px|pr|rounded|bg|gap-x|gap-y|gap)(?=-)/;

/** What a class sets, with its variant: two of the same group would fight by the order of the style sheet. */
function groupOf(name: string): string | null {
  const at = name.lastIndexOf(":") + 1;
  const bare = name.slice(at);
  const what = DISPLAY.has(bare) ? "display" : SIZED.exec(bare)?.[0];
  return what ? name.slice(0, at) + what : null;
}

/** Joins class names; false, null and undefined fall out, and of two that set the same the last counts. */
export function cn(...parts: (string | false | null | undefined)[]): string {
  const names = parts.filter(Boolean).join(" ").split(/\s+/);
  const last = new Map(names.map((name, index) => [groupOf(name) ?? index, index]));
  return names.filter((name, index) => last.get(groupOf(name) ?? index) === index).join(" ");
}
