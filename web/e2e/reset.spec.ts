import { expect } from "@playwright/test";
import { newcomer } from "./callers";
import { another, expectAccessible, settle, signIn, test } from "./house";

test.setTimeout(120_000);

test("a forgotten password is chosen anew by the link of a letter, which works once", async ({ page, browser, baseURL, policy }) => {
  const person = await newcomer(baseURL ?? "", "Odette Forgetful");
  const before = await another(browser, baseURL, policy);
  await signIn(before.page, person);

  const guest = await another(browser, baseURL, policy);
  await guest.page.goto("/sign-in");
  await guest.page.getByRole("link", { name: "Forgotten your password?" }).click();
  await expect(guest.page.getByRole("heading", { name: "Forgotten your password?" })).toBeVisible();
  await guest.page.getByLabel("E-mail").fill(person.email);
  await expectAccessible(guest.page);
  await guest.page.getByRole("button", { name: "Send the link" }).click();
  await expect(guest.page.getByRole("heading", { name: "Look into your mail" })).toBeVisible();

  await page.goto("/letters");
  await settle(page);
  await page.getByRole("button", { name: new RegExp(`A new password.*${person.email}`) }).click();
  const { pathname, search, hash } = new URL(await page.getByLabel("Link of the letter").inputValue());
  const link = `${pathname}${search}${hash}`;

  const password = "the curtain falls at noon";
  await guest.page.goto(link);
  await guest.page.getByLabel("New password").fill(password);
  await expectAccessible(guest.page);
  await guest.page.getByRole("button", { name: "Change the password" }).click();
  await expect(guest.page.getByRole("heading", { name: "The password is changed" })).toBeVisible();

  // All devices are signed out by it.
  await before.page.getByRole("link", { name: "Loans", exact: true }).first().click();
  await expect(before.page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await before.context.close();

  await guest.page.getByRole("link", { name: "Go to sign-in" }).click();
  await guest.page.getByLabel("E-mail").fill(person.email);
  await guest.page.getByLabel("Password", { exact: true }).fill(person.password);
  await guest.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(guest.page.getByRole("alert")).toBeVisible();
  await signIn(guest.page, { ...person, password });

  const again = await another(browser, baseURL, policy);
  await again.page.goto(link);
  await again.page.getByLabel("New password").fill("one more time, please");
  await again.page.getByRole("button", { name: "Change the password" }).click();
  await expect(again.page.getByRole("alert")).toContainText(/does not work/);
  await again.context.close();
  await guest.context.close();
});
