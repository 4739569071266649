import { type Cookie, expect, type Page } from "@playwright/test";
import { authenticator, totp } from "./factors";
import { newcomer } from "./callers";
import { another, expectAccessible, notice, OWNER, settle, signIn, test } from "./house";

test.describe.configure({ mode: "serial", timeout: 180_000 });
// Passkeys belong to a name and never to an address of numbers (WebAuthn, "RP ID").
test.use({ storageState: { cookies: [], origins: [] }, baseURL: async ({ baseURL }, use) => use(baseURL?.replace("127.0.0.1", "localhost")) });

const NADIA = { email: `nadia.${Date.now()}@demo.example`, password: "the reel turns at night" };
const kept = { secret: "", codes: [] as string[], cookies: [] as Cookie[] };

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Menu of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

async function typePassword(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(NADIA.email);
  await page.getByLabel("Password", { exact: true }).fill(NADIA.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const inside = (page: Page) => page.getByRole("heading", { level: 1, name: "All works" });

async function typeCode(page: Page, label: RegExp, code: string): Promise<void> {
  await page.getByLabel(label).fill(code);
  await page.getByRole("button", { name: "Go on" }).click();
}

/** Past the second factor by the next of the backup codes. */
async function signInWithBackupCode(page: Page): Promise<void> {
  await typePassword(page);
  await page.getByRole("button", { name: "Use a backup code" }).click();
  await typeCode(page, /^Backup code/, kept.codes.shift() ?? "");
  await expect(inside(page)).toBeVisible();
}

test("invites by e-mail, and the letter opens the door", async ({ page, browser, baseURL, policy }) => {
  await signIn(page, OWNER);
  await page.goto("/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByLabel("E-mail").fill(NADIA.email);
  await page.getByLabel("Role", { exact: true }).selectOption("member");
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByRole("heading", { name: "The invitation is ready" })).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();

  await page.goto("/letters");
  await settle(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: NADIA.email }).click();
  const link = await page.getByLabel("Link of the letter").inputValue();
  await expectAccessible(page);
  const { pathname, search } = new URL(link);

  const guest = await another(browser, baseURL, policy);
  await guest.page.goto(`${pathname}${search}`);
  await expect(guest.page.getByLabel("E-mail")).toHaveValue(NADIA.email);
  await guest.page.getByLabel("Your name").fill("Nadia Sibirskaïa");
  await guest.page.getByLabel("Password", { exact: true }).fill(NADIA.password);
  await expectAccessible(guest.page);
  await guest.page.getByRole("button", { name: "Join" }).click();
  await expect(inside(guest.page)).toBeVisible();
  await guest.context.close();
});

test("enrols an authenticator app, and signs in with it and with a backup code", async ({ page }) => {
  await typePassword(page);
  await expect(inside(page)).toBeVisible();
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  await page.getByRole("button", { name: /show the secret/ }).click();
  kept.secret = await page.getByLabel("Secret for the app").inputValue();
  await expectAccessible(page);
  await page.getByLabel("Code from the app").fill(totp(kept.secret));
  await page.getByRole("button", { name: "Switch it on" }).click();
  const codes = page.getByRole("list", { name: "Backup codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  kept.codes = await codes.allInnerTexts();
  await expectAccessible(page);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 codes left", { exact: false })).toBeVisible();

  await signOut(page);
  await typePassword(page);
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  await typeCode(page, /Code from your authenticator app/, "000000");
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
  // The code of the next half minute: that of this one was taken by the enrolment, and no code is taken twice.
  await typeCode(page, /Code from your authenticator app/, totp(kept.secret, 1));
  await expect(inside(page)).toBeVisible();
  await signOut(page);
  await signInWithBackupCode(page);
});

test("adds a passkey and signs in with it alone", async ({ page }) => {
  await authenticator(page);
  await signInWithBackupCode(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Name", { exact: true }).fill("The key in the projector");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("The key in the projector")).toBeVisible();
  await expectAccessible(page);
  await signOut(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(inside(page)).toBeVisible();
  kept.cookies = await page.context().cookies();
});

test("a profile's PIN locks after wrong ones, and a manager resets it", async ({ page, browser, baseURL, policy }) => {
  // Second factors are limited to some a minute, in tests too: go on with the session of the passkey.
  await page.context().addCookies(kept.cookies);
  await page.goto("/profiles");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("Nadia");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Manage profiles" }).click();
  await page.getByRole("button", { name: /Nadia$/ }).click();
  await page.getByRole("button", { name: "Set a PIN" }).click();
  await page.getByLabel("New PIN").fill("4711");
  await page.getByRole("button", { name: "Save the PIN" }).click();
  await expect(page.getByText("This profile asks for a PIN")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expectAccessible(page);

  const profile = page.getByRole("button", { name: /Nadia.*PIN/ });
  await profile.click();
  for (let wrong = 0; wrong < 5; wrong += 1) {
    await page.getByLabel("PIN", { exact: true }).fill("0000");
    const answer = page.waitForResponse((response) => response.url().endsWith("/select"));
    await page.getByRole("button", { name: "Go in" }).click();
    await answer;
  }
  await page.getByLabel("PIN", { exact: true }).fill("4711");
  await page.getByRole("button", { name: "Go in" }).click();
  await expect(page.getByRole("alert")).toContainText(/Too many (wrong PINs|attempts)/);

  const owner = await another(browser, baseURL, policy);
  await signIn(owner.page, OWNER);
  await owner.page.goto("/members");
  await owner.page.getByRole("listitem").filter({ hasText: NADIA.email }).getByRole("button", { name: "Nadia Sibirskaïa" }).click();
  const panel = owner.page.getByRole("dialog");
  await expect(panel.getByText("Locked")).toBeVisible();
  await expectAccessible(owner.page);
  await panel.getByLabel("Permission").selectOption("catalog.title.merge");
  await expect(panel.getByText("No", { exact: true })).toBeVisible();
  await panel.getByRole("button", { name: "Reset PIN" }).click();
  await owner.page.getByRole("button", { name: "Reset", exact: true }).click();
  await expect(panel.getByText("without a PIN")).toBeVisible();
  await owner.context.close();

  await page.reload();
  await page.getByRole("button", { name: "Nadia", exact: true }).click();
  await expect(inside(page)).toBeVisible();
  await page.getByRole("button", { name: "Menu of Nadia" }).click();
  await expect(page.getByText("Profile of Nadia Sibirskaïa")).toBeVisible();
});

test("ends a session from another browser", async ({ page, browser, baseURL, policy }) => {
  const person = await newcomer(baseURL ?? "", "Musidora Elsewhere"); // the owner's first session serves other tests
  await signIn(page, person);
  const other = await another(browser, baseURL, policy);
  await signIn(other.page, person);
  await other.page.goto("/account/devices");
  const rows = other.page.getByRole("main").getByRole("listitem").filter({ has: other.page.getByRole("button", { name: "Sign out", exact: true }) });
  await expect(rows.first()).toBeVisible();
  await expectAccessible(other.page);
  await other.page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(notice(other.page, "All other devices are signed out")).toBeVisible();
  await other.context.close();
  await page.getByRole("link", { name: "Loans", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
