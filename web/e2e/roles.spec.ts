import { expect } from "@playwright/test";
import { newcomer } from "./callers";
import { another, expectAccessible, notice, settle, signIn, test } from "./house";

test.setTimeout(120_000);

test("a role of the space's own is made, given with Save, works at the next click, and goes with a replacement", async ({ page, browser, baseURL, policy }) => {
  const person = await newcomer(baseURL ?? "", `Ines ${Date.now()}`, "viewer");
  const role = `Shelver ${Date.now()}`;
  const theirs = await another(browser, baseURL, policy);
  await signIn(theirs.page, person);
  await expect(theirs.page.getByRole("link", { name: "Add a work" })).toHaveCount(0);

  await page.goto("/members/roles");
  await page.getByRole("button", { name: "New role" }).click();
  await page.getByLabel("Name", { exact: true }).fill(role);
  await page.getByLabel("Extends").selectOption("viewer");
  await expect(page.getByRole("checkbox", { name: "Works: see" })).toBeDisabled();
  await page.getByRole("checkbox", { name: "Works: add" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const row = page.getByRole("button", { name: new RegExp(role) });
  await expect(row).toContainText("0 members");

  await page.goto("/members");
  const member = page.getByRole("listitem").filter({ hasText: person.email });
  await member.getByLabel(`Role of ${person.name}`).selectOption({ label: role });
  await theirs.page.reload();
  await settle(theirs.page);
  await expect(theirs.page.getByRole("link", { name: "Add a work" }), "nothing changes before Save").toHaveCount(0);
  await member.getByRole("button", { name: "Save", exact: true }).click();
  await expect(notice(page, `${person.name} is now ${role}`)).toBeVisible();
  await theirs.page.reload();
  await expect(theirs.page.getByRole("link", { name: "Add a work" })).toBeVisible();

  await member.getByRole("button", { name: person.name }).click();
  const panel = page.getByRole("dialog");
  await panel.getByLabel("Permission").selectOption({ label: "Works: add" });
  await expect(panel.getByText(`Role ${role}.`)).toBeVisible();
  await panel.getByRole("button", { name: "Close" }).click();

  await page.goto("/members/roles");
  await row.click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const sure = page.getByRole("alertdialog");
  await sure.getByLabel("Its members become").selectOption("viewer");
  await sure.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(row).toHaveCount(0);
  await theirs.page.reload();
  await settle(theirs.page);
  await expect(theirs.page.getByRole("link", { name: "Add a work" })).toHaveCount(0);
  await theirs.context.close();
});
