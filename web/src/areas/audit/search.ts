import { asOneOf, asText, withoutEmpty } from "@/lib/search-params";
import { type AuditSearch, type Outcome, OUTCOMES } from "./data";

/** What the address says of an audit, of a space or of the house. */
export const parseAuditSearch = (raw: Record<string, unknown>): AuditSearch => withoutEmpty({
  q: asText(raw.q), actor: asText(raw.actor), area: asText(raw.area), outcome: asOneOf(raw.outcome, Object.keys(OUTCOMES) as Outcome[]), from: asText(raw.from), to: asText(raw.to),
});
