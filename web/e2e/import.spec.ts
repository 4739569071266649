import { expect } from "@playwright/test";
import { expectAccessible, test } from "./house";
import { letterboxd } from "./zip";

test.describe.configure({ mode: "serial" });

test("imports a Letterboxd zip, watched live, and undoes it", async ({ page }) => {
  await page.goto("/");
  const before = await page.getByRole("main").getByText(/^\d[\d,]* works/).innerText();
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await expect(page.getByRole("radio", { name: /Find out for me/ })).toBeChecked();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("File to import").setInputFiles({ name: "letterboxd-ada.zip", mimeType: "application/zip", buffer: letterboxd(12_000) });
  await expect(page.getByText("letterboxd-ada.zip")).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Start the import" }).click();

  // Live: the bar is seen at work without a reload, then the end comes by itself.
  await expect(page.getByRole("heading", { level: 1, name: "letterboxd-ada.zip" })).toBeVisible();
  const bar = page.getByRole("progressbar", { name: "Rows done" });
  await expect(bar).toBeVisible();
  const seen = new Set<string>();
  while (await bar.isVisible()) {
    seen.add((await bar.getAttribute("aria-valuenow", { timeout: 500 }).catch(() => null)) ?? "");
    await page.waitForTimeout(60);
  }
  expect([...seen].filter((value) => Number(value) > 0 && Number(value) < 100).length).toBeGreaterThan(0);
  await expect(page.getByRole("main").getByText("Done", { exact: true })).toBeVisible();
  const created = page.getByRole("button", { name: /Created$/ });
  await expect(created).toContainText(/12,0\d\d/);
  await created.click();
  await expect(page.getByRole("cell", { name: "Varieté" })).toBeVisible();
  await expectAccessible(page);

  const report = page.waitForEvent("download");
  await page.getByRole("button", { name: "Report" }).click();
  expect((await report).suggestedFilename()).toMatch(/report\.csv$/);

  await page.getByRole("link", { name: "All works", exact: true }).first().click();
  await expect(page.getByRole("main").getByText(/^12,2\d\d works/)).toBeVisible();

  await page.goBack();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo the import" }).click();
  await expect(page.getByRole("main").getByText("Undone", { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "All works", exact: true }).first().click();
  await expect(page.getByText(before.replace(/ works.*/, " works"))).toBeVisible();
});

test("asks what the columns of an unknown table mean, and shows a dry run", async ({ page }) => {
  await page.goto("/imports/new");
  await page.getByRole("button", { name: "Next" }).click();
  const table = "Titre du film,Millésime,Rangement\nLa Roue,1923,Étagère 4\nJ'accuse,1919,Étagère 4\n";
  await page.getByLabel("File to import").setInputFiles({ name: "films.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("switch", { name: "Dry run" }).click();
  await page.getByRole("button", { name: "Start the dry run" }).click();
  await expect(page.getByRole("heading", { name: "What do the columns mean?" })).toBeVisible();
  await page.getByLabel("Meaning of Titre du film").selectOption({ label: "Title" });
  await page.getByLabel("Meaning of Millésime").selectOption({ label: "Year" });
  await page.getByLabel("Meaning of Rangement").selectOption({ label: "Location" });
  await page.getByRole("button", { name: "Import with these columns" }).click();
  await expect(page.getByRole("main").getByText("Done", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("heading", { name: "What would happen" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "La Roue" })).toBeVisible();
  await page.goto("/search?q=La Roue");
  await expect(page.getByText("Nothing found for “La Roue”").or(page.getByText(/results?$/))).toBeVisible();
  await expect(page.getByRole("link", { name: /^La Roue\b.*1923/ })).toHaveCount(0);
});

test("decides a row in the review queue", async ({ page }) => {
  await page.goto("/imports/new");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel(/paste lines/).fill("kind,title,year,format\nmovie,Metropolis,1928,dvd\nmovie,Häxan,1923,dvd\n");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Start the import" }).click();
  await expect(page.getByRole("main").getByText("Done", { exact: true })).toBeVisible({ timeout: 20_000 });
  await page.getByRole("link", { name: "Review", exact: true }).last().click();
  const first = page.getByRole("button", { name: /^It is / }).first();
  await expect(first).toBeVisible();
  await expectAccessible(page);
  const open = await page.getByText(/decisions? open$/).innerText();
  await first.click();
  await expect(page.getByText(open)).toHaveCount(0);
});

test("pauses, survives a reload, resumes, cancels and undoes", async ({ page }) => {
  await page.goto("/imports/new");
  await page.getByRole("button", { name: "Next" }).click();
  const rows = Array.from({ length: 40_000 }, (_, index) => `movie,Reel ${index},${1900 + (index % 90)},vhs`);
  await page.getByLabel("File to import").setInputFiles({ name: "reels.csv", mimeType: "text/csv", buffer: Buffer.from(`kind,title,year,format\n${rows.join("\n")}\n`) });
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Start the import" }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("main").getByText("Paused", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("main").getByText("Paused", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByRole("main").getByText("Running", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Cancel the import" }).click();
  await expect(page.getByRole("main").getByText("Cancelled", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo the import" }).click();
  await expect(page.getByRole("main").getByText("Undone", { exact: true })).toBeVisible({ timeout: 40_000 });
});

test("an undo keeps and lists what was edited by hand since", async ({ page }) => {
  await page.goto("/imports/new");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel(/paste lines/).fill("kind,title,year,format\nmovie,The Loved One of the Archive,1917,vhs\nmovie,The Other One of the Archive,1918,vhs\n");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Start the import" }).click();
  await expect(page.getByRole("main").getByText("Done", { exact: true })).toBeVisible({ timeout: 20_000 });
  const address = page.url();
  await page.getByRole("link", { name: "The Loved One of the Archive" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Synopsis").fill("Someone took care of this one.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Someone took care of this one.")).toBeVisible();
  await page.goto(address);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo the import" }).click();
  await expect(page.getByRole("main").getByText("Undone", { exact: true })).toBeVisible({ timeout: 20_000 });
  const kept = page.getByRole("heading", { name: "Kept by the undo" }).locator("xpath=ancestor::section");
  await expect(kept.getByRole("link", { name: /The Loved One of the Archive/ })).toBeVisible();
  await expect(kept.getByText("The Other One")).toHaveCount(0);
  await expectAccessible(page);
});
