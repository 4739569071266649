import { useSpace, useUser } from "@/lib/session";
import { stored } from "@/lib/stored";
import { zoneOptions } from "@/lib/zones";
import { isZone } from "./zone";

const chosen = stored<string>("schedule-zone", "", (value): value is string => value === "" || isZone(value));

export interface ZoneChoice {
  zone: string;
  /** The space's own. */
  home: string;
  set: (zone: string) => void;
  options: { value: string; label: string }[];
}

/** The time zone that schedules are drawn in: the space's, until somebody chooses another. */
export function useZone(): ZoneChoice {
  const user = useUser();
  const home = useSpace()?.time_zone ?? "UTC";
  const zone = chosen.use() || home;
  return { zone, home, set: (one) => chosen.set(one === home ? "" : one), options: zoneOptions(...[zone, home, user.time_zone].filter(isZone)) };
}
