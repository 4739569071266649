/**
 * Passkeys (WebAuthn level 3): the browser's own translation between the server's JSON and its objects.
 * A ceremony that the person broke off is no error: it gives null.
 */
export const canUsePasskeys = (): boolean =>
  // They belong to a name: at an address of numbers no browser makes or shows one.
  !/^[\d.]+$|^\[/.test(location.hostname) && typeof PublicKeyCredential !== "undefined" && typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function";

function isBrokenOff(error: unknown): boolean {
  return error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError");
}

function explain(error: unknown): Error {
  if (error instanceof DOMException && error.name === "InvalidStateError") return new Error("This device has a passkey for your account already.");
  if (error instanceof DOMException && error.name === "SecurityError") return new Error("Passkeys need the real name of this house over HTTPS. Open it by its own address, then try again.");
  return error instanceof Error ? error : new Error("The passkey could not be used. Try again.");
}

async function ceremony(run: () => Promise<Credential | null>): Promise<Record<string, unknown> | null> {
  try {
    const credential = await run();
    return credential instanceof PublicKeyCredential ? ({ ...(credential.toJSON() as object) }) : null;
  } catch (error) {
    if (isBrokenOff(error)) return null;
    throw explain(error);
  }
}

/** Makes a passkey from the options of the server; gives what the server wants back. */
export function createPasskey(options: unknown): Promise<Record<string, unknown> | null> {
  return ceremony(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) }));
}

/** Signs the server's challenge with a passkey that the person chooses. */
export function askPasskey(options: unknown): Promise<Record<string, unknown> | null> {
  return ceremony(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON) }));
}
