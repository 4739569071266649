import { expect } from "@playwright/test";
import { expectAccessible, notice, signIn, test, VIEWER } from "./house";

test("finds a film by a misspelt name", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: /Search works and people/ });
  await box.fill("nosfer");
  await expect(page.getByRole("option", { name: /Nosferatu/ }).first()).toBeVisible();
  await expectAccessible(page);
  await box.fill("nosferattu");
  await page.getByRole("option", { name: /Search everything/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Search" })).toBeVisible();
  const hit = page.getByRole("link", { name: /Nosferatu.*1922/ }).first();
  await expect(hit).toBeVisible();
  await expectAccessible(page);
  await hit.click();
  await expect(page.getByRole("heading", { level: 1, name: /Nosferatu/ })).toBeVisible();
});

test("lends a copy and takes it back", async ({ page }) => {
  await page.goto("/search?q=The Kid");
  await page.getByRole("link", { name: /^The Kid\b/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "The Kid" })).toBeVisible();
  await page.getByRole("button", { name: "Lend" }).first().click();
  await expectAccessible(page);
  await page.getByLabel("To whom").fill("Madame Rigaud");
  await page.getByRole("button", { name: "Lend" }).last().click();
  await expect(notice(page, "Lent to Madame Rigaud")).toBeVisible();
  await expect(page.getByText(/^Madame Rigaud, since/)).toBeVisible();
  await page.getByRole("link", { name: "Loans", exact: true }).first().click();
  const loan = page.getByRole("listitem").filter({ hasText: "Madame Rigaud" });
  await loan.getByRole("button", { name: "Take back" }).click();
  await expect(notice(page, "Back from Madame Rigaud")).toBeVisible();
  await expect(loan).toHaveCount(0);
});

test("merges a duplicate and undoes it", async ({ page }) => {
  await page.goto("/duplicates");
  const pairs = await page.getByText(/pairs? that may be one work/).innerText();
  await expectAccessible(page);
  await page.getByRole("radio", { name: "Keep this one" }).first().click();
  await page.getByRole("button", { name: "Merge into one" }).first().click();
  await expect(notice(page, /^Merged into/)).toBeVisible();
  await expect(page.getByText(pairs)).toHaveCount(0);
  await page.getByRole("region", { name: /Notices/ }).getByRole("button", { name: "Undo" }).click();
  await expect(notice(page, "Both works are back")).toBeVisible();
  await expect(page.getByText(pairs)).toBeVisible();
});

test("merges two people and undoes it", async ({ page }) => {
  await page.goto("/people?q=Thea");
  await page.getByRole("link", { name: /^.*Thea von Harbou/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thea von Harbou" })).toBeVisible();
  await page.getByRole("button", { name: "Merge", exact: true }).click();
  await expect(page.getByRole("button", { name: "Merge into one" })).toBeDisabled();
  await page.getByLabel("Name", { exact: true }).fill("Fritz L");
  await page.getByRole("radio", { name: /Fritz Lang/ }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Merge into one" }).click();
  await expect(notice(page, "Merged into “Thea von Harbou”")).toBeVisible();
  await page.getByRole("region", { name: /Notices/ }).getByRole("button", { name: "Undo" }).click();
  await expect(notice(page, "Both people are back")).toBeVisible();
  await page.goto("/people?q=Fritz L");
  await expect(page.getByRole("link", { name: /Fritz Lang/ })).toBeVisible();
  await page.goto("/duplicates");
  const merged = page.getByRole("listitem").filter({ hasText: "“Fritz Lang” into Thea von Harbou" });
  await expect(merged.first()).toContainText("undone");
});

test("adds a work by hand with a form that fits its kind, edits it, rates it and deletes it", async ({ page }) => {
  await page.goto("/titles/new");
  await page.getByRole("button", { name: "Album" }).click();
  await page.getByRole("button", { name: "Add the work" }).click();
  await expect(page.getByText("Give it a title.")).toBeVisible();
  await page.getByLabel("Title", { exact: true }).fill("Pictures at an Exhibition");
  await page.getByLabel("Year").fill("1951");
  await page.getByLabel("Name").fill("Modest Mussorgsky");
  await page.getByLabel("Label", { exact: true }).fill("Mercury");
  await page.getByRole("button", { name: "Add a track" }).click();
  await page.getByLabel("Title of track 1").fill("Promenade");
  await page.getByLabel("Length of track 1").fill("1:42");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add the work" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Pictures at an Exhibition" })).toBeVisible();
  await expect(page.getByText("1:42")).toBeVisible();

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Synopsis").fill("A walk through a gallery of one friend's pictures.");
  // Leaving with unsaved work asks first.
  await page.getByRole("link", { name: "Loans", exact: true }).first().click();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("A walk through a gallery")).toBeVisible();

  await page.getByRole("slider", { name: "Your rating" }).focus();
  const sent = page.waitForResponse((response) => response.url().endsWith("/rating") && response.request().method() === "PUT");
  for (let press = 0; press < 8; press += 1) await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("slider", { name: "Your rating" })).toHaveAttribute("aria-valuetext", "8 of 10");
  expect((await sent).ok()).toBe(true);
  await page.reload();
  await expect(page.getByRole("slider", { name: "Your rating" })).toHaveAttribute("aria-valuetext", "8 of 10");

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete this work" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "All works" })).toBeVisible();
});

test("edits several works together after a preview", async ({ page }) => {
  await page.goto("/?view=table&kind=comic");
  await page.getByRole("checkbox", { name: /^Select (?!all)/ }).first().click();
  await page.getByRole("checkbox", { name: /^Select (?!all)/ }).nth(1).click();
  await page.getByRole("button", { name: "Edit together" }).click();
  await page.getByLabel("Add tags").fill("read again,");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText("Nothing is saved yet", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Change 2 works" }).click();
  await expect(notice(page, "2 works changed")).toBeVisible();
});

test("moves among the posters with the arrow keys", async ({ page }) => {
  await page.goto("/");
  const cards = page.getByRole("list", { name: "Works" }).getByRole("link");
  await cards.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(cards.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await expect(cards.first()).not.toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/titles\//);
});

test.describe("a viewer", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("sees the works and none of what they may not do", async ({ page }) => {
    await signIn(page, VIEWER);
    await expect(page.getByRole("link", { name: "Add a work" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Import", exact: true })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Duplicates" })).toHaveCount(0);
    await page.getByRole("list", { name: "Works" }).getByRole("link").first().click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("link", { name: "Edit" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Lend" })).toHaveCount(0);
    await expect(page.getByRole("slider", { name: "Your rating" })).toBeVisible();
    await expectAccessible(page);
  });
});
