import { expect, type Page } from "@playwright/test";
import { enrolTotp, newcomer, type Person } from "./callers";
import { totp } from "./factors";
import { expectAccessible, notice, test } from "./house";

test.describe.configure({ mode: "serial" });
test.use({ storageState: { cookies: [], origins: [] } });
test.skip(Boolean(process.env.BASE_URL) && !process.env.E2E_ISSUER_PORT, "A house that runs already knows no issuer of the tests.");

const kept: { person?: Person; secret?: string } = {};

/** Its page wants a style sheet of the open net; here it goes without. */
async function atIssuer(page: Page): Promise<void> {
  await page.route("https://cdn.jsdelivr.net/**", (route) => route.abort());
}

/** Somebody whom the issuer knows: `sub` is what they type there. */
async function known(page: Page, sub: string, email: string): Promise<void> {
  const { issuer } = await (await fetch(`http://127.0.0.1:${process.env.E2E_ISSUER_PORT ?? Number(process.env.E2E_PORT ?? 8190) + 1}/.well-known/openid-configuration`)).json() as { issuer: string };
  const answer = await page.request.put(`${issuer}/users/${sub}`, { data: { sub, email, email_verified: true, name: "Jean Village" } });
  expect(answer.ok()).toBe(true);
}

async function goTo(page: Page, sub: string, button = "Authorize"): Promise<void> {
  await page.getByPlaceholder("sub").fill(sub);
  await page.getByRole("button", { name: button }).click();
}

test("says in words what went wrong, and keeps no word of it in the address", async ({ page }) => {
  await atIssuer(page);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Sign in with Village" }).click();
  await page.getByRole("button", { name: "Deny" }).click();
  // This provider says no without the state that it was given, so nobody knows to which question.
  await expect(page.getByRole("alert")).toContainText("Begin again");
  await expect(page).toHaveURL(/\/sign-in$/);
  await expectAccessible(page);
  await known(page, "stranger", "stranger@elsewhere.example");
  await page.getByRole("link", { name: "Sign in with Village" }).click();
  await goTo(page, "stranger");
  await expect(page.getByRole("alert")).toContainText("by an invitation");
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("an address that has an account here is linked by the account's password, and then opens it", async ({ page, baseURL }) => {
  kept.person = await newcomer(baseURL ?? "", "Jean Village");
  await atIssuer(page);
  await known(page, "jean", kept.person.email);
  await page.goto("/loans?state=all");
  await page.getByRole("link", { name: "Sign in with Village" }).click();
  await goTo(page, "jean");
  await expect(page.getByRole("heading", { name: "You have an account here" })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expectAccessible(page);
  await page.getByLabel("Password of the account here").fill("not the password");
  await page.getByRole("button", { name: "Link them" }).click();
  await expect(page.getByText("This is not the password of this account.")).toBeVisible();
  await page.getByLabel("Password of the account here").fill(kept.person.password);
  await page.getByRole("button", { name: "Link them" }).click();
  await expect(page.getByRole("heading", { name: "Linked" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in with Village" }).click();
  await goTo(page, "jean");
  await expect(page.getByRole("heading", { level: 1, name: "Loans" }), "linking did not forget where one wanted to go").toBeVisible();
  await expect(page).toHaveURL(/\/loans\?state=all$/);
});

test("who is signed in removes a link and makes it again", async ({ page, baseURL }) => {
  const person = kept.person ?? await newcomer(baseURL ?? "", "Jean Village");
  await atIssuer(page);
  await page.goto("/sign-in?next=/account/security");
  await page.getByRole("link", { name: "Sign in with Village" }).click();
  await goTo(page, "jean");
  await expect(page.getByText(person.email).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("listitem").filter({ hasText: "Village" }).getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(notice(page, "The link is removed")).toBeVisible();
  await page.getByRole("link", { name: "Link Village" }).click();
  await goTo(page, "jean");
  const dialog = page.getByRole("dialog", { name: "Link the two?" });
  await expect(dialog).toContainText(person.email);
  await expect(page).toHaveURL(/\/account\/security$/);
  await expectAccessible(page);
  await dialog.getByLabel("Password of the account here").fill(person.password);
  await dialog.getByRole("button", { name: "Link them" }).click();
  await expect(notice(page, "Village opens your account now")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Village" }).getByRole("button", { name: "Remove" })).toBeVisible();
});

test("the second factor is asked for after them too, and leads on to where one wanted to go", async ({ page, baseURL }) => {
  const person = kept.person;
  expect(person).toBeDefined();
  if (!person) return;
  kept.secret = await enrolTotp(baseURL ?? "", person);
  await atIssuer(page);
  await page.goto("/loans?state=all");
  await page.getByRole("link", { name: "Sign in with Village" }).click();
  await goTo(page, "jean");
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByLabel(/Code from your authenticator app/).fill(totp(kept.secret, 1));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Loans" })).toBeVisible();
  await expect(page).toHaveURL(/\/loans\?state=all$/);
});
