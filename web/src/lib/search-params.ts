/** Addresses that people can read and write: `?kind=movie&kind=book&sort=-year`, no JSON in them. */
export function parseSearch(search: string): Record<string, unknown> {
  const out: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = out[name];
    out[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return out;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof each === "string" ? each !== "" : typeof each === "number" || typeof each === "boolean") params.append(name, String(each));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** The same without what is not set, so that the address carries only what matters. */
export function withoutEmpty<T extends object>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]: [string, unknown]) => value !== undefined && value !== "")) as T;
}

export function asText(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === "string" && one !== "" ? one : undefined;
}

export function asList(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === "string" && each !== "");
  return list.length > 0 ? [...new Set(list)] : undefined;
}

export function asNumber(value: unknown): number | undefined {
  const text = typeof value === "number" ? String(value) : asText(value);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

export function asOneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  const text = asText(value);
  return allowed.find((each) => each === text);
}

export function asListOf<T extends string>(value: unknown, allowed: readonly T[]): T[] | undefined {
  const list = asList(value)?.filter((each): each is T => (allowed as readonly string[]).includes(each));
  return list && list.length > 0 ? list : undefined;
}

/** Only paths of this site: an address that leads elsewhere after sign-in would be a trap. */
export function localPath(value: unknown): string | undefined {
  const path = asText(value);
  return path?.startsWith("/") && !path.startsWith("//") && !path.includes("\\") ? path : undefined;
}
