import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, notice, settle, test } from "./house";
import { Api, channelName, enter, type MadeGuide, programmeAt, Stream, withGuide } from "./television";

test.describe.configure({ mode: "serial", timeout: 240_000 });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CHANNELS = 800;
const PIXELS_PER_HOUR = 240;
const shots = "../web/test-results/guide";

let guide: MadeGuide;
let space = "";
let stream: Stream;

const grid = (page: Page): Locator => page.getByRole("grid", { name: "Guide" });

interface Seen { rows: { row: number; name: string; gaps: number[]; entries: { title: string; start: number }[] }[]; width: number }

/** What the grid draws: of each row in view, where no programme covers it, and which do. */
async function look(page: Page): Promise<Seen> {
  return grid(page).evaluate((box) => {
    const frame = box.getBoundingClientRect();
    const ruler = 36;
    const rows = [...box.querySelectorAll<HTMLElement>("[role=row]")].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > frame.top + ruler + 2 && top < frame.top + box.clientHeight - 2;
    });
    return {
      width: box.clientWidth,
      rows: rows.map((row) => {
        const head = row.querySelector("[role=rowheader]");
        const left = head?.getBoundingClientRect().right ?? frame.left;
        const right = frame.left + box.clientWidth;
        const cells = [...row.querySelectorAll<HTMLElement>("[role=gridcell]")].map((cell) => ({ rect: cell.getBoundingClientRect(), title: cell.querySelector("[data-entry]")?.getAttribute("title") ?? "" }))
          .filter(({ rect }) => rect.right > left + 1 && rect.left < right - 1).sort((a, b) => a.rect.left - b.rect.left);
        const gaps: number[] = [];
        let reached = left;
        for (const { rect } of cells) {
          if (rect.left > reached + 3) gaps.push(Math.round(rect.left - reached));
          reached = Math.max(reached, rect.right);
        }
        if (reached < right - 3) gaps.push(Math.round(right - reached));
        return { row: Number(row.getAttribute("aria-rowindex")) - 1, name: head?.textContent ?? "", gaps, entries: cells.map(({ title, rect }) => ({ title, start: rect.left - left })) };
      }),
    };
  });
}

/** Every row in view is full of the programmes that the guide has there, and of no others. */
async function expectFull(page: Page, left: number): Promise<void> {
  await expect(async () => {
    const { rows, width } = await look(page);
    expect(rows.length).toBeGreaterThan(2);
    for (const { row, name, gaps, entries } of rows) {
      expect(name).toContain(channelName(row));
      expect(gaps, `holes in row ${row + 1}`).toEqual([]);
      // The entry in the middle of the row is the one that the file has there.
      const middle = left + ((width - (await columnWidth(page))) / 2 / PIXELS_PER_HOUR) * HOUR;
      const wanted = programmeAt(guide, row, middle);
      expect(entries.some(({ title }) => title.startsWith(`${wanted.title},`)), `row ${row + 1} shows ${wanted.title}`).toBe(true);
    }
  }).toPass({ timeout: 4_000, intervals: [50, 100, 200] });
}

const columnWidth = (page: Page): Promise<number> => grid(page).evaluate((box) => box.querySelector("[role=rowheader]")?.getBoundingClientRect().width ?? 0);

/** The moment at the left edge of what is in view. */
async function leftEdge(page: Page): Promise<number> {
  return grid(page).evaluate((box, [hour, pixels]) => {
    const day = new Date();
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() - 1);
    return day.getTime() + (box.scrollLeft / pixels) * hour;
  }, [HOUR, PIXELS_PER_HOUR] as const);
}

/** A page of the owner outside of the tests, for what stands before and after them. */
async function behind(browser: Browser, act: (page: Page) => Promise<void>): Promise<void> {
  const { storageState, baseURL } = test.info().project.use;
  const context = await browser.newContext({ ...(storageState ? { storageState } : {}), ...(baseURL ? { baseURL } : {}) });
  await act(await context.newPage());
  await context.close();
}

test.beforeAll(async ({ browser }) => {
  const now = Math.floor(Date.now() / MINUTE) * MINUTE;
  guide = { channels: CHANNELS, anchor: now + 8 * MINUTE, from: now - DAY, to: now + 2 * DAY };
  await behind(browser, async (page) => {
    const api = await withGuide(page, guide);
    space = api.space;
    stream = await Stream.open();
    const { items } = await api.get<{ items: { id: string; name: string }[] }>("/channels");
    const first = items.find(({ name }) => name === channelName(0));
    await api.patch(`/channels/${first?.id ?? ""}`, { stream_url: stream.address });
  });
});

test.afterAll(async ({ browser }) => {
  await behind(browser, async (page) => { await (await Api.of(page)).post(`/spaces/${space}/archive`); });
  await stream.close();
});

test.beforeEach(async ({ page }) => enter(page, space));

test("the guide of 800 channels is whole wherever it is scrolled to, through two days", async ({ page }) => {
  await page.goto("/guide");
  await expect(page.getByText("800 channels")).toBeVisible();
  await settle(page);
  await grid(page).hover();
  await expectFull(page, await leftEdge(page));
  await page.screenshot({ path: `${shots}/start.png` });
  // Across two days and down all channels, by the wheel, as a hand would.
  const from = await leftEdge(page);
  let stops = 0;
  for (;;) {
    const left = await leftEdge(page);
    if (left > from + 2 * DAY - 12 * HOUR) break;
    await expectFull(page, left);
    if (stops % 8 === 0) await page.screenshot({ path: `${shots}/across-${stops}.png` });
    await page.mouse.wheel(900, 1200);
    stops += 1;
    await expect.poll(() => leftEdge(page)).toBeGreaterThan(left);
  }
  expect(stops).toBeGreaterThan(8);
  for (;;) {
    const reached = (await look(page)).rows.at(-1)?.row ?? 0;
    await expectFull(page, await leftEdge(page));
    if (reached === CHANNELS - 1) break;
    await page.mouse.wheel(0, 3200);
    await expect.poll(async () => (await look(page)).rows.at(-1)?.row ?? 0).toBeGreaterThan(reached);
  }
  await page.screenshot({ path: `${shots}/last.png` });
  // Far jumps land on full rows too.
  await expect(page.getByLabel("Day")).not.toHaveValue("");
  await page.getByLabel("Day").selectOption({ label: "Tomorrow" });
  await page.getByRole("button", { name: "Evening" }).click();
  await expectFull(page, await leftEdge(page));
  await expectAccessible(page);
});

test("a reminder of a programme that starts soon is set, and told", async ({ page }) => {
  await page.goto("/guide");
  const { title } = programmeAt(guide, 3, guide.anchor);
  await grid(page).getByRole("button", { name: new RegExp(`^${title}\\b`) }).click();
  const panel = page.getByRole("dialog", { name: title });
  await expect(panel.getByText(channelName(3))).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole("button", { name: "Remind me" }).click();
  await expect(panel.getByRole("button", { name: "Remove reminder" })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: `${shots}/reminder.png` });
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(grid(page).getByRole("button", { name: new RegExp(`^Reminder set: ${title}\\b`) })).toBeVisible();
  await page.getByRole("link", { name: "Reminders", exact: true }).first().click();
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await expectAccessible(page);
  // It starts in less than ten minutes: whoever waits is told within the next one, without a reload.
  const bell = page.getByRole("button", { name: /^Notices, 1 unread/ });
  await expect(bell).toBeVisible({ timeout: 100_000 });
  await expect(notice(page, new RegExp(`“${title}” starts soon`))).toBeVisible();
  await bell.click();
  const told = page.getByRole("dialog", { name: "Notices" });
  await expect(told.getByRole("link", { name: new RegExp(title) })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: `${shots}/notice.png` });
  await told.getByRole("link", { name: new RegExp(title) }).click();
  await expect(page.getByRole("dialog", { name: title })).toBeVisible();
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("button", { name: "Notices", exact: true })).toBeVisible();
});

test("a channel plays, in the browser, through an address that tells nothing", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/guide");
  await settle(page);
  await page.getByRole("button", { name: `Play ${channelName(0)}`, exact: true }).click();
  const video = page.locator("video");
  await expect(video).toBeVisible();
  const at = (): Promise<number> => video.evaluate((element: HTMLVideoElement) => element.currentTime);
  await expect.poll(at, { timeout: 20_000 }).toBeGreaterThan(0.5);
  const before = await at();
  await expect.poll(at, { timeout: 20_000 }).toBeGreaterThan(before + 2);
  // The pictures are really there: frames were decoded, of the size that was encoded.
  expect(await video.evaluate((element: HTMLVideoElement) => [element.videoWidth, element.getVideoPlaybackQuality().totalVideoFrames > 10])).toEqual([320, true]);
  await page.screenshot({ path: `${shots}/player.png` });
  await expectAccessible(page);
  expect(asked.filter((url) => url.includes(new URL(stream.address).host))).toEqual([]);
  await page.getByRole("button", { name: "Close" }).click();
  await expect(video).toHaveCount(0);
  // What was played stands in the history, and counts for the limit no more.
  const api = await Api.of(page, space);
  await expect.poll(async () => (await api.get<{ items: { label: string; ended_at: string | null }[] }>("/playback/history")).items[0]).toMatchObject({ label: channelName(0), end_reason: "stopped" });
});

for (const theme of ["light", "dark"] as const) {
  for (const [screen, width, height] of [["wide", 1360, 900], ["phone", 390, 844]] as const) {
    test.describe(`${theme} ${screen}`, () => {
      test.use({ colorScheme: theme, viewport: { width, height } });
      test("the pages of television", async ({ page }) => {
        for (const [name, path] of [["guide", "/guide"], ["channels", "/channels"], ["reminders", "/reminders"], ["notices", "/notices"]] as const) {
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await settle(page);
          if (name === "guide") await expectFull(page, await leftEdge(page));
          await expectNoSidewaysScroll(page);
          await page.screenshot({ path: `${shots}/${name}-${screen}-${theme}.png` });
          await expectAccessible(page);
        }
      });
    });
  }
}
