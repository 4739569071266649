import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, notice, settle, test } from "./house";

test.describe.configure({ mode: "serial" });

/** A guide of two channels on one evening: one is nearly called as one of the house, one as none. */
function guide(name: string): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<tv>
  <channel id="valley.example"><display-name>${name}</display-name></channel>
  <channel id="harbour.example"><display-name>Harbour Television</display-name></channel>
  <programme start="20300301200000 +0000" stop="20300301210000 +0000" channel="valley.example"><title>Evening at the Valley</title></programme>
  <programme start="20300301200000 +0000" stop="20300301213000 +0000" channel="harbour.example"><title>Evening at the Harbour</title></programme>
</tv>`);
}

const PLAYLIST = Buffer.from(`#EXTM3U url-tvg="https://guide.example/all.xml.gz"
#EXTINF:-1 tvg-id="ridge.example" tvg-chno="731" group-title="Regional",Ridge Television
https://stream.example/ridge.m3u8
#EXTINF:-1 tvg-id="cable.example" tvg-chno="732" group-title="Regional",Cable Television
udp://239.0.0.1:1234
#EXTINF:-1 tvg-id="nowhere.example",Nowhere Television
`);

async function handIn(page: Page, name: string, buffer: Buffer): Promise<Locator> {
  await page.getByRole("button", { name: "Hand in a file" }).click();
  const dialog = page.getByRole("dialog", { name: "Hand in a guide or a playlist" });
  await dialog.getByLabel("File to import").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(dialog.getByText("Done", { exact: true })).toBeVisible({ timeout: 30_000 });
  return dialog;
}

function row(page: Page, text: string): Locator {
  return page.getByRole("main").getByRole("listitem").filter({ hasText: text });
}

test("a guide is handed in, a channel is mapped by hand, and the next guide keeps it", async ({ page }) => {
  await page.goto("/channels");
  await page.getByRole("button", { name: "Add channel" }).click();
  await page.getByLabel("Name").fill("Vale Tivi");
  await page.getByRole("textbox", { name: /^Stream/ }).fill("https://stream.example/vale.m3u8");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(notice(page, "Vale Tivi is saved")).toBeVisible();

  await page.getByRole("link", { name: "Guides and playlists" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Guides and playlists" })).toBeVisible();
  const dialog = await handIn(page, "tonight.xml", guide("Valley Television"));
  await expectAccessible(page);
  await expect(dialog.getByText("skipped")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();

  const source = row(page, "Guides handed in");
  await expect(source.getByText("2 channels to map")).toBeVisible();
  await expectAccessible(page);
  await source.getByRole("link", { name: "Map channels" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Channels of Guides handed in" })).toBeVisible();
  await settle(page);
  await expectAccessible(page);

  // By keyboard: the field is in focus, the arrow leads to what was found.
  await row(page, "Valley Television").getByRole("button", { name: "Choose" }).click();
  const picker = page.getByRole("dialog", { name: "Which channel is Valley Television?" });
  await expect(picker.getByLabel("Search your channels")).toBeFocused();
  await page.keyboard.type("vale");
  await expect(picker.getByRole("list", { name: "Channels" }).getByRole("button")).toHaveCount(1);
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(picker).toBeHidden();
  await expect(row(page, "valley.example").getByText("Vale Tivi")).toBeVisible();
  await expect(row(page, "valley.example").getByText("By hand")).toBeVisible();

  await row(page, "Harbour Television").getByRole("button", { name: "Leave out" }).click();
  await expect(row(page, "harbour.example").getByText("Left out", { exact: true })).toBeVisible();
  await page.getByLabel("Search by name, id or number").fill("harbour");
  await expect(row(page, "valley.example")).toHaveCount(0);
  await expect(row(page, "harbour.example")).toHaveCount(1);

  // The next guide calls it otherwise: what was said stays said.
  await page.getByRole("link", { name: "All sources" }).click();
  const again = await handIn(page, "tomorrow.xml", guide("Something Else Entirely"));
  await again.getByRole("link", { name: "Whole report" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "tomorrow.xml" })).toBeVisible();
  await expect(page.getByRole("cell", { name: /programmes? of a channel that is left out/ })).toBeVisible();
  await page.goto("/guide-sources");
  await row(page, "Guides handed in").getByRole("link", { name: "Map channels" }).click();
  await expect(row(page, "valley.example").getByText("Vale Tivi")).toBeVisible();
  await expect(row(page, "valley.example").getByText("Something Else Entirely")).toBeVisible();
  await row(page, "harbour.example").getByRole("button", { name: "New channel" }).click();
  await expect(row(page, "harbour.example").getByText("By hand")).toBeVisible();
});

test("a playlist is handed in and brings channels with their streams", async ({ page }) => {
  await page.goto("/guide-sources");
  const dialog = await handIn(page, "regional.m3u", PLAYLIST);
  await expect(dialog.getByText("created")).toBeVisible();
  await expect(dialog.getByText("failed")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  const source = row(page, "Playlists handed in");
  await expect(source.getByRole("link", { name: "2 added · 1 rejected" })).toBeVisible();
  await source.getByRole("button", { name: "Add this guide" }).click();
  await expect(page.getByLabel("Address")).toHaveValue("https://guide.example/all.xml.gz");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await source.getByRole("link", { name: "2 added · 1 rejected" }).click();
  await expect(page.getByRole("cell", { name: /No address follows/ })).toBeVisible();

  await page.goto("/channels");
  const ridge = row(page, "Ridge Television");
  await expect(ridge.getByText("731")).toBeVisible();
  await expect(ridge.getByText(/Not checked yet|Stream down|Stream up/)).toBeVisible();
  await expect(ridge.getByRole("button", { name: "Play" })).toBeVisible();
  const cable = row(page, "Cable Television");
  await expect(cable.getByText("Not playable here")).toBeVisible();
  await expect(cable.getByRole("button", { name: "Play" })).toHaveCount(0);
});

test("a source is added, edited and removed, also on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/guide-sources");
  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByRole("radio", { name: /^Playlist/ }).click();
  await page.getByLabel("Name").fill("The provider");
  await page.getByLabel("Where").selectOption({ label: "On the server" });
  await page.getByLabel("Path").fill("list.m3u");
  await page.getByRole("button", { name: "Add and fetch" }).click();
  await expect(page.getByText(/opens no folder for guides/).first()).toBeVisible();
  await page.getByLabel("Where").selectOption({ label: "On the web" });
  await page.getByLabel("Address").fill("https://127.0.0.1:9/list.m3u");
  await page.getByLabel("Look for a new one").selectOption({ label: "Every day" });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add and fetch" }).click();
  const provider = row(page, "The provider");
  await expect(provider.getByText("Failed")).toBeVisible({ timeout: 20_000 });
  await expect(provider.getByText(/Every day/)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);

  await provider.getByRole("button", { name: "More for The provider" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByLabel("Name").fill("Our provider");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(row(page, "Our provider")).toBeVisible();
  await row(page, "Our provider").getByRole("button", { name: "More for Our provider" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(row(page, "Our provider")).toHaveCount(0);
});
