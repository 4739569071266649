import { expect } from "@playwright/test";
import { Caller, newcomer } from "./callers";
import { authenticator } from "./factors";
import { expectAccessible, OWNER, signIn, test } from "./house";

// Passkeys belong to a name and never to an address of numbers (WebAuthn, "RP ID").
test.use({ storageState: { cookies: [], origins: [] }, baseURL: async ({ baseURL }, use) => use(baseURL?.replace("127.0.0.1", "localhost")) });

test("the second door opens by a passkey alone, and as the second step behind the password", async ({ page, baseURL }) => {
  test.setTimeout(120_000);
  const person = await newcomer(baseURL ?? "", "Paula Keyring");
  const desk = await Caller.atDesk(baseURL ?? "", OWNER);
  const { items } = await desk.get<{ items: { id: string }[] }>(`/admin/users?email=${encodeURIComponent(person.email)}`);
  await desk.put(`/admin/users/${items[0]?.id ?? ""}/role`, { role: "auditor" });

  const device = await authenticator(page);
  await signIn(page, person);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Name", { exact: true }).fill("The key of the projection room");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("The key of the projection room")).toBeVisible();

  await page.goto("/desk");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("button", { name: "Close the administration" })).toBeVisible();
  await page.getByLabel("Search by e-mail").fill(person.email);
  await expect(page.getByRole("button", { name: new RegExp(person.email) })).toContainText("Auditor");
  await page.getByRole("button", { name: "Close the administration" }).click();

  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Open the administration" }).click();
  await expect(page.getByText("protected by a second factor")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("button", { name: "Close the administration" })).toBeVisible();
  await page.getByRole("button", { name: "Close the administration" }).click();

  // Without the device that holds the key nobody comes in, and the door says nothing wrong.
  await device.send("WebAuthn.disable");
  const other = await authenticator(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("button", { name: "Use a passkey" })).toBeEnabled({ timeout: 30_000 });
  await expect(page.getByRole("button", { name: "Close the administration" })).toHaveCount(0);
  await other.detach();
});
