import { type Browser, expect, type Page } from "@playwright/test";
import { expectFull, grid, leftEdge, look } from "./grid";
import { expectAccessible, expectNoSidewaysScroll, notice, settle, test } from "./house";
import { Api, channelName, enter, type MadeGuide, programmeAt, Stream, withGuide } from "./television";

test.describe.configure({ mode: "serial", timeout: 240_000 });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CHANNELS = 800;
const shots = "../web/test-results/guide";

let guide: MadeGuide;
let space = "";
let stream: Stream;

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
  await expectFull(page, guide);
  await page.screenshot({ path: `${shots}/start.png` });
  // Across two days and down all channels, by the wheel, as a hand would.
  const from = await leftEdge(page);
  let stops = 0;
  for (;;) {
    const left = await leftEdge(page);
    if (left > from + 2 * DAY - 12 * HOUR) break;
    await expectFull(page, guide);
    if (stops % 8 === 0) await page.screenshot({ path: `${shots}/across-${stops}.png` });
    await page.mouse.wheel(900, 1200);
    stops += 1;
    await expect.poll(() => leftEdge(page)).toBeGreaterThan(left);
  }
  expect(stops).toBeGreaterThan(8);
  for (;;) {
    const reached = (await look(page)).rows.at(-1)?.row ?? 0;
    await expectFull(page, guide);
    if (reached === CHANNELS - 1) break;
    await page.mouse.wheel(0, 3200);
    await expect.poll(async () => (await look(page)).rows.at(-1)?.row ?? 0).toBeGreaterThan(reached);
  }
  await page.screenshot({ path: `${shots}/last.png` });
  // Far jumps land on full rows too.
  await expect(page.getByLabel("Day")).not.toHaveValue("");
  await page.getByLabel("Day").selectOption({ label: "Tomorrow" });
  await page.getByRole("button", { name: "Evening" }).click();
  await expectFull(page, guide);
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
  await page.goto("/watched");
  const forget = page.getByRole("button", { name: /^Forget/ });
  await expect(forget.first()).toBeVisible();
  const played = await forget.count();
  await forget.first().click();
  await expect(forget).toHaveCount(played - 1);
});

test("a programme is joined to a work by hand: the work says when it is on, the guide shows the work", async ({ page }) => {
  const api = await Api.of(page, space);
  const work = await api.post<{ id: string; slug: string }>("/titles", { kind: "movie", title: "The Lighthouse Reel", year: 1931 });
  const { title } = programmeAt(guide, 6, guide.anchor);
  await page.goto("/guide");
  await grid(page).getByRole("button", { name: new RegExp(`^${title}\\b`) }).click();
  const panel = page.getByRole("dialog", { name: title });
  await panel.getByRole("button", { name: "Say which work it is" }).click();
  const chooser = page.getByRole("dialog", { name: "Which work is it?" });
  await chooser.getByLabel("Name of the work").fill("lighthouse");
  await expectAccessible(page);
  await chooser.getByRole("button", { name: /The Lighthouse Reel/ }).click();
  const shown = panel.getByRole("region", { name: "In the library" });
  await expect(shown.getByRole("link", { name: "The Lighthouse Reel" })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: `${shots}/work.png` });

  await page.goto(`/titles/${work.slug}`);
  const airings = page.getByRole("heading", { name: "On television" }).locator("xpath=ancestor::section");
  await expect(airings.getByText(channelName(6))).toBeVisible();
  await airings.getByRole("button", { name: "Remind me" }).click();
  await expect(airings.getByRole("button", { name: "Remove reminder" })).toBeVisible();
  await airings.scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${shots}/airings.png` });
  await expectAccessible(page);
  await airings.getByRole("link").first().click();
  await panel.getByRole("button", { name: "Correct the work" }).click();
  await page.getByRole("menuitem", { name: "It is not this work" }).click();
  await expect(panel.getByRole("button", { name: "Say which work it is" })).toBeVisible();
});

test("what is wanted comes first where one comes in, and plays from there", async ({ page }) => {
  const api = await Api.of(page, space);
  const now = await api.get<{ channels: { name: string; now?: { id: string } }[] }>("/guide/now");
  const last = now.channels.at(-1);
  const work = await api.post<{ id: string }>("/titles", { kind: "movie", title: "The Wanted Reel" });
  await api.put(`/programmes/${last?.now?.id ?? ""}/match`, { title_id: work.id });
  await api.put(`/titles/${work.id}/mark`, { status: "wanted" });
  await page.goto("/");
  const rail = page.getByRole("region", { name: "On television" });
  const first = rail.getByRole("listitem").first();
  await expect(first).toContainText(channelName(CHANNELS - 1));
  await expect(first).toContainText("On your list");
  await settle(page);
  await expectAccessible(page);
  // From card to card by the arrow keys, as on a television.
  await first.getByRole("link").focus();
  await page.keyboard.press("ArrowRight");
  await expect(rail.getByRole("listitem").nth(1).locator(":focus")).toHaveCount(1);
  await rail.getByRole("button", { name: "Tonight for you" }).click();
  await expect(rail.getByRole("listitem").first()).not.toContainText("On your list");
  await rail.getByRole("button", { name: "On now" }).click();
  await rail.getByRole("button", { name: `Watch ${channelName(0)}`, exact: true }).click();
  await expect.poll(() => page.locator("video").evaluate((element: HTMLVideoElement) => element.currentTime), { timeout: 30_000 }).toBeGreaterThan(0.5);
});

test("a player gets secret addresses that work until they are taken away", async ({ page, request }) => {
  await (await Api.of(page, space)).put("/flags/live.hdhomerun", { enabled: true });
  await page.goto("/players");
  await page.getByRole("button", { name: "Add a player" }).click();
  await page.getByLabel("What plays, and where?").fill("Kodi in the kitchen");
  await page.getByRole("switch", { name: "Offer it as an HDHomeRun too" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make the addresses" }).click();
  const made = page.getByRole("dialog", { name: "Kodi in the kitchen" });
  const playlist = await made.getByLabel("Address of the playlist").inputValue();
  const tuner = await made.getByLabel("Address of the tuner").inputValue();
  await made.getByRole("button", { name: "Kodi", exact: true }).click();
  await expect(made.getByText("PVR IPTV Simple Client")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: `${shots}/player-addresses.png` });
  const answer = await request.get(playlist);
  expect(await answer.text()).toContain(channelName(0));
  expect(await (await request.get(`${tuner}/discover.json`)).json()).toHaveProperty("LineupURL");
  await made.getByRole("button", { name: "It is set up" }).click();
  await page.getByRole("listitem").filter({ hasText: "Kodi in the kitchen" }).getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("No players yet")).toBeVisible();
  expect((await request.get(playlist)).ok()).toBe(false);
});

for (const theme of ["light", "dark"] as const) {
  for (const [screen, width, height] of [["wide", 1360, 900], ["phone", 390, 844]] as const) {
    test.describe(`${theme} ${screen}`, () => {
      test.use({ colorScheme: theme, viewport: { width, height } });
      test("the pages of television", async ({ page }) => {
        for (const [name, path] of [["guide", "/guide"], ["channels", "/channels"], ["reminders", "/reminders"], ["notices", "/notices"], ["home", "/"], ["watched", "/watched"], ["players", "/players"]] as const) {
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await settle(page);
          if (name === "guide") await expectFull(page, guide);
          await expectNoSidewaysScroll(page);
          await page.screenshot({ path: `${shots}/${name}-${screen}-${theme}.png` });
          await expectAccessible(page);
        }
      });
    });
  }
}
