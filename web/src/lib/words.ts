import { fieldName, humanise } from "./labels";

/** A stored value as people read it: lists joined, nothing as a dash, names of fields as words. */
export function asWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return /^[a-z]+(_[a-z]+)+$/.test(value) ? humanise(value) : value;
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.map(asWords).join(", ");
  if (typeof value === "object") {
    const record = value as Record<string, unknown>;
    if (typeof record.name === "string") return record.name;
    return Object.entries(record).map(([key, each]) => `${fieldName(key)}: ${asWords(each)}`).join(", ") || "–";
  }
  return "–";
}
