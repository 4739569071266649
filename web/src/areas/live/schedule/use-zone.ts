import { useUser } from "@/lib/session";
import { stored } from "@/lib/stored";
import { browserZone, isZone } from "./zone";

const chosen = stored<string>("schedule-zone", "", (value): value is string => value === "" || isZone(value));

export interface ZoneChoice {
  zone: string;
  set: (zone: string) => void;
  options: { value: string; label: string }[];
}

/** The time zone that schedules are drawn in: this device's, until somebody chooses another. */
export function useZone(): ZoneChoice {
  const user = useUser();
  const zone = chosen.use() || browserZone();
  const first = [...new Set([zone, browserZone(), user.time_zone, "UTC"])].filter(isZone);
  const others = Intl.supportedValuesOf("timeZone").filter((one) => !first.includes(one));
  return { zone, set: chosen.set, options: [...first, ...others].map((value) => ({ value, label: value.replaceAll("_", " ") })) };
}
