import { expect } from "@playwright/test";
import { expectAccessible, OWNER, signIn, test } from "./house";

test("leads who is not signed in to the door and back to where they wanted to go", async ({ page }) => {
  await page.goto("/loans?state=all");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText(/wrong|match/);
  await expectAccessible(page);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Loans" })).toBeVisible();
  expect(new URL(page.url()).search).toBe("?state=all");
});

test("signs in and out", async ({ page, context }) => {
  await signIn(page, OWNER);
  await page.getByRole("button", { name: /^Menu of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await signIn(page, OWNER);
  await context.storageState({ path: process.env.E2E_STATE ?? "" });
});

test("refuses a stale invitation in words", async ({ page }) => {
  await page.goto("/invite?token=nobody-made-this");
  await expect(page.getByRole("heading", { name: "This invitation does not open" })).toBeVisible();
});
