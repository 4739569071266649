import { expect, type Locator, type Page } from "@playwright/test";
import { channelName, type MadeGuide, programmeAt } from "./television";

const HOUR = 3_600_000;
const PIXELS_PER_HOUR = 240;

/** The guide. */
export const grid = (page: Page): Locator => page.getByRole("grid", { name: "Guide" });

interface Seen { rows: { row: number; name: string; gaps: number[]; entries: { title: string; start: number }[] }[]; width: number }

/** What the grid draws: of each row in view, where no programme covers it, and which do. */
export async function look(page: Page): Promise<Seen> {
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
export async function expectFull(page: Page, guide: MadeGuide): Promise<void> {
  const left = await leftEdge(page);
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
export async function leftEdge(page: Page): Promise<number> {
  return grid(page).evaluate((box, [hour, pixels]) => {
    const day = new Date();
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() - 1);
    return day.getTime() + (box.scrollLeft / pixels) * hour;
  }, [HOUR, PIXELS_PER_HOUR] as const);
}
