import { Outlet } from "@tanstack/react-router";
import { useSpace } from "@/lib/session";
import { Page } from "@/ui/page";
import { Subnav } from "@/ui/subnav";
import { useSpacePlaces } from "./places";

/** The settings of a space, as much of them as the person may see. */
export function SpaceLayout() {
  const space = useSpace();
  const places = useSpacePlaces();
  return (
    <Page title="Space settings" width="text" summary={space?.name}>
      {places.length > 1 ? <Subnav label="Space settings" places={places} /> : null}
      {/* Another space, other forms: nothing of the last one may linger in a field. */}
      <div key={space?.slug ?? "none"} className="flex max-w-3xl flex-col gap-10"><Outlet /></div>
    </Page>
  );
}
