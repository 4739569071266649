import { useEffect, useState } from "react";
import type { Challenge } from "@/api";
import { localPath } from "@/lib/search-params";

/** What a way of signing in by somebody else led to, as the server puts it behind the # of a page. */
export type Outcome =
  { /** Where the person wanted to go; a path of this site or nothing. */ next: string | undefined }
  & (
    | { kind: "problem"; words: string }
    | { kind: "challenge"; challenge: Pick<Challenge, "challenge" | "methods"> }
    | { kind: "link"; token: string }
  );

const PROBLEMS: Record<string, string> = {
  cancelled: "You broke it off there. Nothing has changed here.",
  expired: "That took too long, or began in another browser. Begin again.",
  unreachable: "The other side does not answer at the moment. Try again later, or use another way.",
  not_trusted: "The answer from there could not be trusted, so nobody was let in. Tell who looks after this house.",
  not_allowed: "Addresses like yours there are not let in here. Ask who looks after this house.",
  no_account: "Nobody here has this identity or its address. You come in by an invitation; if you have an account with another address, sign in to it and link the two under Security.",
  no_email: "They gave us no confirmed address of yours. Confirm it there, or use another way.",
  suspended: "Your account here is suspended. Ask who looks after this house.",
  linked_elsewhere: "This identity opens another account here already. Remove it there first.",
};
const METHODS: readonly Challenge["methods"][number][] = ["totp", "backup_code", "email", "passkey"];

/** Reads `#problem=…`, `#challenge=…&methods=…` or `#link=…`, each with or without `&next=…`; anything else says nothing. */
export function readOutcome(fragment: string): Outcome | null {
  const said = new URLSearchParams(fragment.replace(/^#/, ""));
  const next = localPath(said.get("next"));
  const problem = said.get("problem");
  if (problem) return { kind: "problem", next, words: PROBLEMS[problem] ?? "It did not work. Begin again, or use another way." };
  const challenge = said.get("challenge");
  if (challenge) {
    const named = (said.get("methods") ?? "").split(",");
    return { kind: "challenge", challenge: { challenge, methods: METHODS.filter((method) => named.includes(method)) }, next };
  }
  const token = said.get("link");
  return token ? { kind: "link", token, next } : null;
}

/** The outcome that this page was opened with. It leaves the address at once: secrets belong into no history and no bookmark. */
export function useOutcome(): Outcome | null {
  const [outcome] = useState(() => readOutcome(location.hash));
  useEffect(() => {
    if (readOutcome(location.hash)) history.replaceState(history.state, "", location.pathname + location.search);
  }, []);
  return outcome;
}

/** Where signing in by somebody else begins: a way over their pages, so a plain address. */
export function startPath(provider: string, wanted: { next?: string | undefined; link?: boolean } = {}): string {
  const query = new URLSearchParams({ ...(wanted.next ? { next: wanted.next } : {}), ...(wanted.link ? { link: "true" } : {}) }).toString();
  return `/api/v1/auth/oidc/${encodeURIComponent(provider)}/start${query ? `?${query}` : ""}`;
}
