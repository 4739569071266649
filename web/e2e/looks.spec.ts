import { expect } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, settle, test } from "./house";

const PAGES = [
  ["works", "/"], ["table", "/?view=table"], ["filtered", "/?kind=movie&year_from=1920&year_to=1929&sort=-year"], ["title", "metropolis"],
  ["new-title", "/titles/new?kind=book"], ["edit-title", "/titles/metropolis/edit"], ["copies", "/copies"], ["loans", "/loans"], ["people", "/people"], ["libraries", "/libraries"],
  ["imports", "/imports"], ["import-wizard", "/imports/new"], ["import", "newest import"], ["review", "/review"], ["duplicates", "/duplicates"], ["search", "/search?q=metropolis"],
  ["members", "/members"], ["activity", "/activity"], ["account", "/account"],
  ["security", "/account/security"], ["devices", "/account/devices"], ["keys", "/account/keys"], ["data", "/account/data"], ["profiles", "/profiles"], ["device", "/device"], ["space", "/space"],
  ["roles", "/members/roles"], ["teams", "/members/teams"], ["domains", "/space/domains"], ["features", "/space/features"], ["keeping", "/space/keeping"], ["integrations", "/space/integrations"],
  ["guide", "/guide"], ["schedule", "/schedule"], ["schedule-week", "/schedule?view=week"], ["templates", "/schedule/templates"], ["channels", "/channels"], ["sources", "/guide-sources"], ["source", "first source"], ["reminders", "/reminders"], ["notices", "/notices"], ["watched", "/watched"], ["players", "/players"],
  ["audit", "/audit"], ["desk", "/desk"], ["desk-spaces", "/desk/spaces"], ["desk-features", "/desk/features"], ["desk-audit", "/desk/audit"], ["letters", "/letters"], ["forgotten", "/password-reset"],
] as const;

const SCREENS = [
  { name: "wide", width: 1360, height: 900 },
  { name: "phone", width: 390, height: 844 },
] as const;

/** Each theme and each width once; LOOKS=all crosses them. */
const isAll = process.env.LOOKS === "all";

// The picture of each page says what a trace would, and a trace takes a quarter of the time.
test.use({ trace: "off" });

for (const theme of ["light", "dark"] as const) {
  for (const screen of SCREENS.filter(({ name }) => isAll || name === (theme === "light" ? "wide" : "phone"))) {
    test.describe(`${theme} ${screen.name}`, () => {
      test.use({ colorScheme: theme, viewport: { width: screen.width, height: screen.height } });

      for (const [name, path] of PAGES) {
        test(name, async ({ page }) => {
          const problems: string[] = [];
          page.on("pageerror", (error) => problems.push(error.message));
          page.on("console", (message) => {
            // Not being signed in to the administration is an answer, which the browser reports as an error.
            if (message.type() === "error" && !message.location().url.endsWith("/admin/auth/me")) problems.push(message.text());
          });
          if (path === "metropolis") {
            await page.goto("/search?q=metropolis");
            await page.getByRole("link", { name: /^Metropolis.*1927/ }).first().click();
            await expect(page.getByRole("heading", { level: 1, name: "Metropolis" })).toBeVisible();
          } else if (path === "newest import") {
            await page.goto("/imports");
            await settle(page);
            const imports = page.getByRole("main").getByRole("listitem").getByRole("link");
            if (await imports.count() > 0) await imports.first().click();
          } else if (path === "first source") {
            await page.goto("/guide-sources");
            await settle(page);
            const mapping = page.getByRole("link", { name: "Map channels" });
            if (await mapping.count() > 0) await mapping.first().click();
          } else {
            await page.goto(path);
          }
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await settle(page);
          await expectNoSidewaysScroll(page);
          await page.screenshot({ path: `../web/test-results/looks/${name}-${screen.name}-${theme}.png` });
          await expectAccessible(page);
          expect(problems).toEqual([]);
        });
      }
    });
  }
}

test("the theme that was chosen is there before the page is", async ({ page }) => {
  await page.goto("/account");
  await page.getByRole("radio", { name: /^Dark/ }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("radio", { name: /^As the system/ }).click();
});
