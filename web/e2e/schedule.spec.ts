import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, notice, settle, test } from "./house";

const DAY = 86_400_000;
const HOURS = 24;

/** A day behind those that the demonstration has filled, in UTC: `2026-12-01`. */
const ahead = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const EMPTY = ahead(10);

test.use({ timezoneId: "UTC" });

const column = (page: Page): Locator => page.locator("[data-column]").first();
const entry = (page: Page, name: RegExp): Locator => page.getByRole("region", { name: "Schedule" }).getByRole("button", { name });

/** Where a time of the day is in the first column. */
async function spot(page: Page, hour: number): Promise<{ x: number; y: number }> {
  const box = await column(page).boundingBox();
  if (!box) throw new Error("The column is not there.");
  return { x: box.x + box.width / 2, y: box.y + (hour / HOURS) * box.height };
}

async function drag(page: Page, from: number, to: number): Promise<void> {
  const start = await spot(page, from);
  const stop = await spot(page, to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(stop.x, (start.y + stop.y) / 2, { steps: 4 });
  await page.mouse.move(stop.x, stop.y, { steps: 4 });
  await page.mouse.up();
}

test("adds entries, explains a conflict where it is, and takes back", async ({ page }) => {
  await page.goto(`/schedule?day=${EMPTY}`);
  await expect(page.getByRole("heading", { level: 1, name: "Schedule" })).toBeVisible();
  await settle(page);
  await expect(page.getByText("UTC (UTC+0)")).toBeVisible();

  await page.getByRole("button", { name: "New entry" }).click();
  const form = page.getByRole("dialog", { name: "New entry" });
  await form.getByLabel("Title", { exact: true }).fill("Evening news");
  await form.getByLabel("Start").fill("19:00");
  await form.getByLabel("End").fill("19:30");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toHaveCount(0);
  await expect(entry(page, /^Evening news, 19:00–19:30, 30 minutes, by hand/)).toBeVisible();

  // Dragging over free time opens the form for that time.
  await drag(page, 20, 21.5);
  await expect(form.getByLabel("Start")).toHaveValue("20:00");
  await expect(form.getByLabel("End")).toHaveValue("21:30");
  await form.getByLabel("Title", { exact: true }).fill("The film");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(entry(page, /^The film, 20:00–21:30/)).toBeVisible();

  // Dragged into another, the entry stays where it was and the conflict is explained beside it.
  await drag(page, 19.25, 20.75);
  const card = page.getByRole("alertdialog", { name: "In the way" });
  await expect(card.getByText("“Evening news” at 20:30–21:00 overlaps")).toBeVisible();
  await expect(card.getByText("The film at 20:00–21:30")).toBeVisible();
  await expect(entry(page, /^The film, .*in the way$/)).toBeVisible();
  await expect(card.getByRole("button", { name: "Replace “The film”" })).toBeVisible();
  await expectAccessible(page);
  await card.getByRole("button", { name: "Put it back" }).click();
  await expect(card).toHaveCount(0);
  await expect(entry(page, /^Evening news, 19:00–19:30/)).toBeVisible();

  await drag(page, 19.25, 20.75);
  await card.getByRole("button", { name: "Put it after “The film”, at 21:30" }).click();
  await expect(card).toHaveCount(0);
  await expect(entry(page, /^Evening news, 21:30–22:00/)).toBeVisible();
  await page.reload();
  await expect(entry(page, /^Evening news, 21:30–22:00/)).toBeVisible();

  // By keyboard: five minutes down, the end ten later; Enter saves.
  await entry(page, /^Evening news/).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Enter");
  await expect(entry(page, /^Evening news, 21:35–22:15/)).toBeVisible();

  // The edge is pulled, a deleted entry comes back.
  await page.getByRole("region", { name: "Schedule" }).evaluate((region) => { region.scrollTop = region.scrollHeight; });
  await drag(page, 22.25, 22.75);
  await expect(entry(page, /^Evening news, 21:35–22:45/)).toBeVisible();
  await entry(page, /^Evening news/).focus();
  await page.keyboard.press("Delete");
  await expect(entry(page, /^Evening news/)).toHaveCount(0);
  await page.getByRole("region", { name: /Notices/ }).getByRole("listitem").filter({ hasText: "out of the schedule" }).getByRole("button", { name: "Undo" }).click();
  await expect(notice(page, "The schedule is as it was")).toBeVisible();
  await expect(entry(page, /^Evening news, 21:35–22:45/)).toBeVisible();
});

test("makes a weekly template, shows its entries and the days that differ", async ({ page }) => {
  const first = ahead(6);
  await page.goto("/schedule/templates");
  await expect(page.getByRole("heading", { level: 1, name: "Templates" })).toBeVisible();
  await settle(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "New template" }).first().click();
  const form = page.getByRole("dialog", { name: "New template" });
  await form.getByLabel("Title", { exact: true }).fill("Weekly magazine");
  await form.getByLabel("First day").fill(first);
  await form.getByLabel("Starts at").fill("10:00");
  await form.getByLabel("Minutes").fill("30");
  const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" }).format(Date.parse(first));
  const chip = form.getByRole("button", { name: weekday });
  if (await chip.getAttribute("aria-pressed") === "false") {
    await chip.click();
    await form.getByRole("button", { pressed: true }).filter({ hasNotText: weekday }).first().click();
  }
  await expect(form.getByRole("region", { name: "Preview" }).getByRole("listitem")).toHaveCount(6);
  await expect(form.getByText(/Nothing is in the way of 6 entries/)).toBeVisible();
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(notice(page, /“Weekly magazine” is saved: 2 entries made/)).toBeVisible();
  const row = page.getByRole("listitem").filter({ hasText: "Weekly magazine" });
  await expect(row.getByText(`Every ${weekday}`)).toBeVisible();

  await page.goto(`/schedule?day=${first}`);
  const made = entry(page, /^Weekly magazine, 10:00–10:30, 30 minutes, from a template/);
  await expect(made).toHaveCount(1);
  await made.scrollIntoViewIfNeeded();
  await made.click();
  const edit = page.getByRole("dialog", { name: "Edit entry" });
  await expect(edit.getByText(/What you change here holds for this day only/)).toBeVisible();
  await expectAccessible(page);
  await edit.getByRole("button", { name: "Delete" }).click();
  await expect(made).toHaveCount(0);

  await page.goto("/schedule/templates");
  await page.getByText("1 day differs").click();
  await expect(page.getByText("falls out")).toBeVisible();
  await page.getByRole("button", { name: "As the template says" }).click();
  await expect(page.getByText("1 day differs")).toHaveCount(0);
  await page.goto(`/schedule?day=${first}`);
  await expect(made).toHaveCount(1);
});

test.describe("on a device of another time zone", () => {
  test.use({ timezoneId: "Asia/Tokyo" });

  async function setZone(page: Page, zone: string): Promise<void> {
    // The schedule has a choice of that name too, until the settings are there.
    await expect(page.getByRole("heading", { level: 1, name: "Space settings" })).toBeVisible();
    await page.getByLabel("Time zone").selectOption(zone);
    await page.locator("form").filter({ has: page.getByLabel("Time zone") }).getByRole("button", { name: "Save" }).click();
    await expect(notice(page, "The rules are saved")).toBeVisible();
  }

  test("the space's clock is shown, and said to be another than the device's", async ({ page }) => {
    const day = ahead(12);
    await page.goto(`/schedule?day=${day}`);
    const note = page.getByRole("note").filter({ hasText: "Times are" });
    await expect(note).toContainText("the space’s, UTC (UTC+0)");
    await expectAccessible(page);
    await note.getByRole("link", { name: "Change the space’s time zone" }).click();
    await setZone(page, "Asia/Tokyo");
    await page.goto(`/schedule?day=${day}`);
    await expect(page.getByText("Asia/Tokyo (UTC+9)")).toBeVisible();
    await expect(note).toHaveCount(0);
    await page.getByRole("combobox", { name: "Time zone" }).selectOption("Europe/Lisbon");
    await expect(note).toContainText("the space’s are Asia/Tokyo (UTC+9)");
    await note.getByRole("button", { name: "Show the space’s" }).click();
    await expect(note).toHaveCount(0);
    await page.goto("/schedule/templates");
    await page.getByRole("button", { name: "New template" }).first().click();
    await expect(page.getByRole("dialog").getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
    await page.goto("/space");
    await setZone(page, "UTC");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("is a list, and a conflict is told in the form", async ({ page }) => {
    const day = ahead(11);
    await page.goto(`/schedule?day=${day}`);
    await page.getByRole("button", { name: /Free, 24 h/ }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Title", { exact: true }).fill("Morning show");
    await form.getByLabel("Start").fill("08:00");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("button", { name: /08:00.*Morning show/ })).toBeVisible();
    await page.getByRole("button", { name: "New entry" }).click();
    await form.getByLabel("Title", { exact: true }).fill("Weather");
    await form.getByLabel("Start").fill("08:30");
    await form.getByLabel("End").fill("08:40");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByText("“Weather” at 08:30–08:40 overlaps")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await form.getByRole("button", { name: /Put it after “Morning show”/ }).click();
    await expect(form).toHaveCount(0);
    await expect(page.getByRole("button", { name: /09:00.*Weather/ })).toBeVisible();
  });
});
