import { FORMATS, type Format } from "@/lib/labels";
import { asList, asListOf, asOneOf, withoutEmpty } from "@/lib/search-params";
import type { CopiesQuery } from "./data";

/** What the address of the copies page says. */
export interface CopiesSearch {
  library?: string[] | undefined;
  format?: Format[] | undefined;
  on_loan?: "yes" | "no" | undefined;
}

export function parseCopiesSearch(raw: Record<string, unknown>): CopiesSearch {
  return withoutEmpty({ library: asList(raw.library), format: asListOf(raw.format, Object.keys(FORMATS) as Format[]), on_loan: asOneOf(raw.on_loan, ["yes", "no"] as const) });
}

export function toCopiesQuery({ on_loan, ...rest }: CopiesSearch): CopiesQuery {
  return { ...rest, ...(on_loan ? { on_loan: on_loan === "yes" } : {}) };
}
