import { Link } from "@tanstack/react-router";
import { useCan } from "@/lib/session";
import { deviceZone } from "@/lib/zones";
import { Button } from "@/ui/button";
import type { ZoneChoice } from "./use-zone";
import { clock, sameClock, zoneName } from "./zone";

/** Says by whose clock the schedule is drawn where this device shows another. */
export function ZoneNote({ zone, now }: { zone: ZoneChoice; now: number }) {
  const can = useCan();
  const device = deviceZone();
  const isHome = zone.zone === zone.home;
  if (isHome && sameClock(zone.home, device, now)) return null;
  return (
    <p role="note" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-quiet">
      {isHome
        ? <span>Times are the space’s, {zoneName(zone.home, now)}: it is {clock(now, zone.home)} there and {clock(now, device)} on this device.</span>
        : <span>Times are those of {zoneName(zone.zone, now)}; the space’s are {zoneName(zone.home, now)}.</span>}
      {isHome ? null : <Button size="s" onClick={() => zone.set(zone.home)}>Show the space’s</Button>}
      {isHome && can("spaces.space.edit") ? <Link to="/space" className="font-medium text-accent hover:underline">Change the space’s time zone</Link> : null}
    </p>
  );
}
