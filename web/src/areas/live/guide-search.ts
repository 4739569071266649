import { asText } from "@/lib/search-params";

export interface GuideSearch {
  /** The moment at the left edge, ISO 8601; without it the guide begins now. */
  at?: string;
  genre?: string;
  /** An entry whose details are open. */
  programme?: string;
}

export function parseGuideSearch(raw: Record<string, unknown>): GuideSearch {
  const at = asText(raw.at);
  const genre = asText(raw.genre);
  const programme = asText(raw.programme);
  return {
    ...(at && !Number.isNaN(Date.parse(at)) ? { at } : {}),
    ...(genre ? { genre } : {}),
    ...(programme ? { programme } : {}),
  };
}
