import { expect } from "@playwright/test";
import { Caller, newcomer } from "./callers";
import { expectAccessible, OWNER, settle, signIn, test } from "./house";

test.use({ storageState: { cookies: [], origins: [] } });

test.setTimeout(120_000);

test("a child's profile sees nothing above its age, and does not leave it by itself", async ({ page, baseURL }) => {
  const stamp = Date.now();
  const owner = await Caller.as(baseURL ?? "", OWNER);
  const grim = await owner.post<{ slug: string }>("/titles", { kind: "movie", title: `Grim ${stamp}`, minimum_age: 16 });
  const mild = await owner.post<{ slug: string }>("/titles", { kind: "movie", title: `Mild ${stamp}`, minimum_age: 0 });
  const parent = await newcomer(baseURL ?? "", "Paula Parent");

  await signIn(page, parent);
  await page.goto(`/titles/${grim.slug}`);
  await expect(page.getByRole("heading", { level: 1, name: `Grim ${stamp}` })).toBeVisible();

  await page.goto("/profiles");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("Kiki");
  await page.getByRole("switch", { name: /child/i }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: /^Kiki/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "All works" })).toBeVisible();
  await settle(page);
  await expectAccessible(page);

  await page.goto(`/search?q=${stamp}`);
  await expect(page.getByRole("link", { name: new RegExp(`^Mild ${stamp}`) }).first()).toBeVisible();
  await expect(page.getByText(`Grim ${stamp}`)).toHaveCount(0);
  await page.goto(`/titles/${mild.slug}`);
  await expect(page.getByRole("heading", { level: 1, name: `Mild ${stamp}` })).toBeVisible();
  await page.goto(`/titles/${grim.slug}`);
  await expect(page.getByRole("heading", { level: 1, name: `Grim ${stamp}` })).toHaveCount(0);
  await expect(page.getByText(/does not exist|not found|nothing/i).first()).toBeVisible();

  // Without anybody's PIN, the way out asks for the password of the account.
  await page.goto("/profiles");
  await page.getByRole("button", { name: /^Leave Kiki/ }).click();
  const asked = page.getByRole("dialog");
  await expect(asked).toBeVisible();
  await asked.getByLabel("Password of the account", { exact: true }).fill("not the password");
  await asked.getByRole("button", { name: "Go in" }).click();
  await expect(asked.getByRole("alert").or(asked.getByText(/not the password|wrong/i)).first()).toBeVisible();
  await asked.getByLabel("Password of the account", { exact: true }).fill(parent.password);
  await asked.getByRole("button", { name: "Go in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "All works" })).toBeVisible();
  await page.goto(`/titles/${grim.slug}`);
  await expect(page.getByRole("heading", { level: 1, name: `Grim ${stamp}` })).toBeVisible();
});
