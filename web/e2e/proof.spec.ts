import { expectAccessible, OWNER, signIn, test } from "./house";
import { expect } from "@playwright/test";

// A session of its own: a proof renews it.
test.use({ storageState: { cookies: [], origins: [] } });

test("an old session shows again who is there, then goes on with what it was doing", async ({ page }) => {
  await signIn(page, OWNER);
  await page.goto("/account/keys");
  // A quarter of an hour later, as the server tells it.
  let isOld = true;
  await page.route("**/api/v1/api-keys", async (route) => {
    if (route.request().method() !== "POST" || !isOld) return route.fallback();
    isOld = false;
    return route.fulfill({ status: 403, json: { error: { code: "reauthentication_needed", message: "Show again that it is you." } } });
  });
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("What is it for?").fill("Backup script");
  await page.getByRole("button", { name: "Make the key" }).click();

  const dialog = page.getByRole("dialog", { name: "Is it still you?" });
  await expectAccessible(page);
  await dialog.getByLabel("Your password", { exact: true }).fill("not this one");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("Your password", { exact: true }).fill(OWNER.password);
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "Your new key" })).toBeVisible();
  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText("Backup script")).toBeVisible();
});
