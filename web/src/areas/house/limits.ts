import type { QuotaUpdate } from "@/api";
import { formatNumber, plural } from "@/lib/format";

const GIGA = 1_000_000_000;

/** Limits as they are typed: empty is no limit, storage in gigabytes. */
export interface LimitDraft {
  members: string;
  titles: string;
  storage: string;
}

export const limitDraft = (limits: Readonly<Record<string, number>> = {}): LimitDraft => ({
  members: limits.members === undefined ? "" : String(limits.members),
  titles: limits.titles === undefined ? "" : String(limits.titles),
  storage: limits.storage === undefined ? "" : String(limits.storage / GIGA),
});

export function limitsOf(draft: LimitDraft): Required<QuotaUpdate> {
  const number = (text: string): number | null => (text.trim() === "" ? null : Number(text));
  const storage = number(draft.storage);
  return { members: number(draft.members), titles: number(draft.titles), storage: storage === null ? null : Math.round(storage * GIGA) };
}

export function limitWords(limits: Readonly<Record<string, number>>): string {
  const parts = [
    limits.members === undefined ? null : plural(limits.members, "member"),
    limits.titles === undefined ? null : plural(limits.titles, "work"),
    limits.storage === undefined ? null : `${formatNumber(Math.round(limits.storage / GIGA * 10) / 10)} GB`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "without limits" : `at most ${parts.join(", ")}`;
}
