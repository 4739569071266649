/** Time zones as people choose them: some first, then all that the browser knows. */
export function zoneOptions(...first: string[]): { value: string; label: string }[] {
  return [...new Set([...first, deviceZone(), "UTC", ...Intl.supportedValuesOf("timeZone")])].map((value) => ({ value, label: value.replaceAll("_", " ") }));
}

/** The time zone of this device. */
export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
