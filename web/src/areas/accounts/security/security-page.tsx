import { LinkedAccounts } from "./linked-accounts";
import { PasskeySettings } from "./passkey-settings";
import { PasswordSettings } from "./password-settings";
import { SecondFactorSettings } from "./second-factor-settings";

/** How I sign in, and what protects that. */
export function SecurityPage() {
  return (
    <>
      <PasswordSettings />
      <SecondFactorSettings />
      <PasskeySettings />
      <LinkedAccounts />
    </>
  );
}
