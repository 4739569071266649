import { AppearanceSettings } from "./appearance-settings";
import { EmailSettings } from "./email-settings";
import { ProfileSettings } from "./profile-settings";

/** Who I am to the others, and how the house looks to me. */
export function ProfilePage() {
  return (
    <>
      <ProfileSettings />
      <EmailSettings />
      <AppearanceSettings />
    </>
  );
}
