import type { Place } from "@/ui/subnav";

/** The parts of the space's settings that the person may see. */
export function useSpacePlaces(): Place[] {
  return [{ to: "/space", label: "General" }];
}
