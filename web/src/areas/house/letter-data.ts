import { queryOptions } from "@tanstack/react-query";
import { accountsGetPost, accountsListLetters, type LetterSummary } from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey } from "@/lib/queries";

export type LetterState = LetterSummary["state"];

export const LETTER_STATES: Record<LetterState, string> = { waiting: "Waiting", held: "To pass on", sent: "Sent", failed: "Failed" };

const SUBJECTS: Partial<Record<LetterSummary["template"], string>> = {
  new_device: "Sign-in on a new device",
  password_reset: "A new password",
  verify_email: "Confirm the address",
  email_confirm: "Confirm the new address",
  recovery_code: "Code to sign in",
};

export const letterName = (letter: LetterSummary): string => SUBJECTS[letter.template] ?? letter.template.charAt(0).toUpperCase() + letter.template.slice(1).replaceAll("_", " ");

export const postOptions = queryOptions({
  queryKey: [{ _id: "accountsGetPost" }],
  queryFn: async ({ signal }) => (await accountsGetPost({ signal })).data,
});

export function letterFeed(state: LetterState | undefined) {
  return feedOptions(feedKey("accountsListLetters", { state }), async (cursor, signal) =>
    (await accountsListLetters({ query: { ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) }, signal })).data);
}
