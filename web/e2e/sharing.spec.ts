import { expect } from "@playwright/test";
import { Caller, newcomer } from "./callers";
import { another, expectAccessible, notice, settle, signIn, test } from "./house";

test("one work is shared with one member, who may edit it and nothing else", async ({ page, browser, baseURL, policy }) => {
  const guest = await newcomer(baseURL ?? "", `Rosa ${Date.now()}`, "viewer");
  await page.goto("/search?q=metropolis");
  await page.getByRole("link", { name: /^Metropolis.*1927/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Metropolis" })).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: /Share “Metropolis”/ });
  await dialog.getByLabel("Member").selectOption({ label: guest.name });
  await expect(dialog.getByText("No", { exact: true })).toBeVisible();
  await dialog.getByLabel("Share with").selectOption({ label: guest.name });
  await dialog.getByRole("button", { name: "Share", exact: true }).click();
  await expect(dialog.getByRole("list", { name: "Shared with" })).toContainText("Edit this work");
  await expect(dialog.getByText("Yes", { exact: true })).toBeVisible();
  await settle(page);
  await expectAccessible(page);

  const address = new URL(page.url()).pathname;
  const { context: other, page: theirs } = await another(browser, baseURL, policy);
  await signIn(theirs, guest);
  await theirs.goto(address);
  await expect(theirs.getByRole("link", { name: "Edit", exact: true })).toBeVisible();

  const takeBack = dialog.getByRole("button", { name: `Take it back from ${guest.name}: Edit this work` });
  await takeBack.click();
  await expect(takeBack).toHaveCount(0);
  await expect(dialog.getByText("No", { exact: true })).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByRole("heading", { level: 1, name: "Metropolis" })).toBeVisible();
  await settle(theirs);
  await expect(theirs.getByRole("link", { name: "Edit", exact: true })).toHaveCount(0);
  await other.close();
});

test("a library goes to another space, after what moves was said", async ({ page, baseURL }) => {
  const stamp = String(Date.now());
  const mover = await newcomer(baseURL ?? "", "Clara Mover", "manager");
  const caller = await Caller.as(baseURL ?? "", mover);
  const space = await caller.post<{ slug: string; name: string }>("/spaces", { name: `Attic ${stamp}` });
  const library = await caller.post<{ slug: string; name: string }>("/libraries", { name: `Crate ${stamp}`, kind: "mixed" });
  const { items: [work] } = await caller.get<{ items: { id: string }[] }>("/titles?limit=1");
  await caller.post("/copies", { title_id: work?.id, edition: { format: "dvd" }, library: library.slug });

  await page.context().clearCookies();
  await signIn(page, mover);
  await page.goto("/libraries");
  await page.getByRole("button", { name: `Actions for ${library.name}` }).click();
  await page.getByRole("menuitem", { name: "Give to another space" }).click();
  const dialog = page.getByRole("dialog", { name: /Give “Crate/ });
  await dialog.getByLabel("To").selectOption(space.slug);
  await expect(dialog.getByRole("list", { name: "What happens" })).toContainText("1 copy moves");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Give it away" }).click();
  await expect(notice(page, /is on its way/)).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "Libraries" })).toBeVisible();
    await settle(page);
    await expect(page.getByRole("link", { name: library.name })).toHaveCount(0, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
});
