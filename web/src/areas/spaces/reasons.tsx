import { Check, X } from "lucide-react";
import type { EffectiveRead } from "@/api";
import { useRoles } from "./data";

type Reason = EffectiveRead["because"][number];

/** Roles by the names that people know; what needs no name is said as the server says it. */
export function reasonWords(reason: Reason, nameOf: (slug: string) => string): string {
  const [held, ...parents] = reason.through ?? [];
  if (reason.kind === "role" && held) return `Role ${nameOf(held)}${parents.map((parent) => `, which extends ${nameOf(parent)}`).join("")}.`;
  if (reason.kind === "team" && held && reason.team) return `Team ${reason.team}, with the role ${nameOf(held)}${parents.map((parent) => `, which extends ${nameOf(parent)}`).join("")}.`;
  if (reason.kind === "grant") return `${reason.words.includes(" it is in") ? "Its library is shared" : "Shared"} with ${reason.team ? `team ${reason.team}` : "them"}.`;
  if (reason.kind === "missing") return reason.words.replace(/^Nothing gives [\w.]+\./, "Nothing gives it to them.");
  return reason.words;
}

/** One answer of the rules: yes or no, and everything that led to it. */
export function Verdict({ verdict, title }: { verdict: EffectiveRead; title?: string }) {
  const { nameOf } = useRoles();
  return (
    <div className="rounded-lg border border-line p-3">
      <p className="flex items-center gap-2 font-medium">
        {verdict.allowed ? <Check size={18} className="shrink-0 text-positive" aria-hidden /> : <X size={18} className="shrink-0 text-danger" aria-hidden />}
        {title ? <span className="flex-1">{title}</span> : null}
        <span>{verdict.allowed ? "Yes" : "No"}</span>
      </p>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5 text-quiet">{verdict.because.map((reason) => <li key={reason.words}>{reasonWords(reason, nameOf)}</li>)}</ul>
    </div>
  );
}
