import { useCan } from "@/lib/session";
import type { Place } from "@/ui/subnav";

/** The parts of the space's settings that the person may see. */
export function useSpacePlaces(): Place[] {
  const can = useCan();
  return [
    { to: "/space", label: "General" },
    ...(can("spaces.space.edit") ? [{ to: "/space/domains", label: "Addresses" } as const] : []),
    ...(can("spaces.flag.edit") ? [{ to: "/space/features", label: "Features" } as const] : []),
    ...(can("audit.retention.edit") || can("live.channel.manage") ? [{ to: "/space/keeping", label: "Keeping" } as const] : []),
    ...(can("spaces.integration.manage") ? [{ to: "/space/integrations", label: "Integrations" } as const] : []),
  ];
}
