import { PolicySettings } from "@/areas/spaces/settings/policy-settings";
import { QuotaSettings } from "@/areas/spaces/settings/quota-settings";
import { SpaceSettings } from "@/areas/spaces/space-settings";
import { useCan } from "@/lib/session";

export function GeneralPage() {
  const can = useCan();
  return (
    <>
      <SpaceSettings />
      {can("spaces.member.read") ? <><PolicySettings /><QuotaSettings /></> : null}
    </>
  );
}
