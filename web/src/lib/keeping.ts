/** For how many days something is kept, as it is typed; null: always. */
export type Days = string | null;

export const LONGEST = 36_500;

export const toDays = (kept: number | null): Days => (kept === null ? null : String(kept));
export const fromDays = (days: Days): number | null => (days === null ? null : Number(days));

/** Why so many days cannot be kept; nothing when they can. */
export function daysProblem(days: Days, least = 1): string | undefined {
  if (days === null || (/^\d+$/.test(days) && Number(days) >= least && Number(days) <= LONGEST)) return undefined;
  return `Type a whole number of days from ${least} to ${LONGEST.toLocaleString("en")}, or choose “Always”`;
}

/** `730` reads "about 2 years"; what people count in days anyway says nothing. */
export function inWords(days: Days): string | undefined {
  const count = Number(days);
  if (days === null || !Number.isInteger(count) || count < 60 || count > LONGEST) return undefined;
  const years = Math.round(count / 365.25);
  if (count >= 350) return `about ${years === 1 ? "a year" : `${years} years`}`;
  return `about ${Math.round(count / 30.4)} months`;
}
