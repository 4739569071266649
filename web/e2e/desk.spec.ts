import { expect, type Page } from "@playwright/test";
import { newcomer } from "./callers";
import { another, expectAccessible, notice, OWNER, settle, signIn, test } from "./house";

test.describe.configure({ mode: "serial", timeout: 120_000 });

/** Through the second door, which asks again although one is signed in. */
async function openDesk(page: Page, path = "/desk"): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: "House desk" })).toBeVisible();
  await settle(page);
  const door = page.getByRole("button", { name: "Open the administration" });
  if (await door.count() === 0) return;
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await door.click();
  await expect(page.getByRole("button", { name: "Close the administration" })).toBeVisible();
}

test("somebody is suspended at the desk, is out at once, and is let in again with a role", async ({ page, browser, baseURL, policy }) => {
  const person = await newcomer(baseURL ?? "", "Sascha Trouble");
  const theirs = await another(browser, baseURL, policy);
  await signIn(theirs.page, person);

  await page.goto("/desk");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Open the administration" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await openDesk(page);
  await page.getByLabel("Search by e-mail").fill(person.email);
  await page.getByRole("button", { name: new RegExp(person.email) }).click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByText("Active")).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole("button", { name: "Suspend" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Suspend" }).click();
  await expect(panel.getByText("Suspended")).toBeVisible();
  await theirs.page.getByRole("link", { name: "Loans", exact: true }).first().click();
  await expect(theirs.page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  await panel.getByRole("button", { name: "Let them in again" }).click();
  await expect(panel.getByText("Active")).toBeVisible();
  await panel.getByLabel("Role in the house").selectOption("auditor");
  await expect(panel.getByText("changes nothing")).toBeVisible();
  await panel.getByRole("button", { name: "Save the role" }).click();
  await expect(panel.getByRole("button", { name: "Save the role" })).toHaveCount(0);
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("button", { name: new RegExp(person.email) })).toContainText("Auditor");

  // An auditor of the house sees its people, and nothing to press.
  await signIn(theirs.page, person);
  await theirs.page.getByRole("link", { name: "House desk" }).click();
  await theirs.page.getByLabel("Password", { exact: true }).fill(person.password);
  await theirs.page.getByRole("button", { name: "Open the administration" }).click();
  await theirs.page.getByLabel("Search by e-mail").fill(OWNER.email);
  await theirs.page.getByRole("button", { name: new RegExp(OWNER.email) }).click();
  await expect(theirs.page.getByRole("dialog").getByText("Signed up")).toBeVisible();
  await expect(theirs.page.getByRole("dialog").getByRole("button", { name: /Suspend|Save the role|Sign out/ })).toHaveCount(0);
  await theirs.page.goto("/desk/features");
  await expect(theirs.page.getByRole("heading", { name: "Not for this role" })).toBeVisible();
  await theirs.context.close();
});

test("a space is made for somebody, with limits", async ({ page, browser, baseURL, policy }) => {
  const person = await newcomer(baseURL ?? "", "Nils Landlord");
  const name = `Film club ${Date.now()}`;
  await page.goto("/desk/spaces");
  await page.getByRole("button", { name: "Space for somebody" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("E-mail of its owner").fill("nobody@nowhere.example");
  await page.getByLabel("Members").fill("3");
  await page.getByRole("button", { name: "Open the space" }).click();
  await expect(page.getByRole("dialog")).toContainText(/no account|nobody|no such/i);
  await page.getByLabel("E-mail of its owner").fill(person.email);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Open the space" }).click();
  await expect(notice(page, new RegExp(`“${name}” is open`))).toBeVisible();
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("at most 3 members");
  await row.getByRole("button", { name: `Limits of ${name}` }).click();
  await page.getByLabel("Storage in GB").fill("2.5");
  await page.getByLabel("Members").fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(row).toContainText("at most 2.5 GB");

  const theirs = await another(browser, baseURL, policy);
  await signIn(theirs.page, person);
  await theirs.page.getByRole("button", { name: /Space|Cinémathèque/ }).first().click();
  await theirs.page.getByRole("menuitemradio", { name }).click();
  await theirs.page.goto("/space");
  await expect(theirs.page.getByText("of 2.5 GB")).toBeVisible();
  await theirs.context.close();
});

test("how long the journal and television are kept is chosen, and the audit tells", async ({ page }) => {
  await page.goto("/space/keeping");
  await settle(page);
  await expectAccessible(page);
  const journal = page.getByRole("group", { name: "Who did, or tried, what" });
  await expect(journal.getByLabel("Keep")).toHaveValue("always");
  await journal.getByLabel("Keep").selectOption("days");
  await expect(journal.getByText("about 2 years")).toBeVisible();
  await journal.getByLabel("Days").fill("7");
  await expect(journal.getByText("a whole number of days from 30")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save", exact: true }).first()).toBeDisabled();
  await journal.getByLabel("Keep").selectOption("always");

  const programmes = page.getByRole("group", { name: "Programmes that were on" });
  await expect(programmes.getByLabel("Days")).toHaveValue("30");
  await programmes.getByLabel("Days").fill("400");
  await page.getByRole("group", { name: "Imports of guides and playlists" }).getByLabel("Keep").selectOption("always");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(notice(page, "How long television is kept is saved")).toBeVisible();
  await page.reload();
  await expect(programmes.getByLabel("Days")).toHaveValue("400");
  await programmes.getByLabel("Days").fill("30");
  await page.getByRole("group", { name: "Imports of guides and playlists" }).getByLabel("Keep").selectOption("days");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await page.goto("/audit?area=live");
  await expect(page.getByRole("table").getByRole("row").filter({ hasText: "live.retention_changed" })).toHaveCount(2);
  await page.getByRole("link", { name: "How long it is kept" }).click();
  await expect(page.getByRole("heading", { name: "Journal" })).toBeVisible();
});

test("a feature is switched for the house, a space chooses otherwise, and the audit tells", async ({ page }) => {
  await openDesk(page, "/desk/features");
  await expectAccessible(page);
  const house = page.getByLabel("Suggestions while typing in the house");
  await house.selectOption({ label: "Off" });
  await expect(notice(page, "Suggestions while typing: saved for the house").first()).toBeVisible();
  await page.goto("/space/features");
  const here = page.getByLabel("Suggestions while typing in this space");
  await expect(here).toHaveValue("");
  await expect(here).toContainText("As in the house: off");
  await here.selectOption({ label: "On" });
  await expect(page.getByRole("listitem").filter({ hasText: "Suggestions while typing" }).getByText("On", { exact: true }).first()).toBeVisible();
  await here.selectOption("");
  await expect(notice(page, "Suggestions while typing: saved").first()).toBeVisible();
  await openDesk(page, "/desk/features");
  await house.selectOption("");
  await expect(notice(page, "Suggestions while typing: saved for the house").first()).toBeVisible();

  await openDesk(page, "/desk/audit?area=spaces");
  const entry = page.getByRole("table").getByRole("row").filter({ hasText: "spaces.flag_default_changed" }).first();
  await expect(entry).toContainText("search.suggestions");
  await expectAccessible(page);
  await entry.getByRole("button").click();
  await expect(page.getByRole("dialog").getByText("What changed")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Close the administration" }).click();
  await expect(page.getByRole("button", { name: "Open the administration" })).toBeVisible();
});
