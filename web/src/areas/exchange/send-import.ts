import type { ExchangeStartImportData, ImportStarted } from "@/api";
import { postForm } from "@/lib/http";

const PATH: ExchangeStartImportData["url"] = "/api/v1/imports";

/** Hands in a file or pasted lines. Files may be large, so how much is sent is told on the way. */
export function sendImport(body: NonNullable<ExchangeStartImportData["body"]>, onSent: (share: number) => void): Promise<ImportStarted> {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== null) form.append(name, String(value));
  }
  return postForm<ImportStarted>(PATH, form, onSent);
}
