import { AppearanceSettings } from "@/areas/accounts/appearance-settings";
import { KeySettings } from "@/areas/accounts/key-settings";
import { PasswordSettings, ProfileSettings } from "@/areas/accounts/profile-settings";
import { SessionSettings } from "@/areas/accounts/session-settings";
import { SpaceSettings } from "@/areas/spaces/space-settings";
import { useSpace } from "@/lib/session";
import { Page } from "@/ui/page";

export function SettingsPage() {
  const space = useSpace();
  return (
    <Page title="Settings" width="text">
      <div className="flex flex-col gap-10">
        <AppearanceSettings />
        <ProfileSettings />
        <PasswordSettings />
        <SessionSettings />
        <KeySettings />
        {/* Another space, another form: its name must not linger in the field. */}
        <SpaceSettings key={space?.slug ?? "none"} />
      </div>
    </Page>
  );
}
