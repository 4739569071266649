import { PasswordSettings } from "./password-settings";

/** How I sign in, and what protects that. */
export function SecurityPage() {
  return (
    <>
      <PasswordSettings />
    </>
  );
}
