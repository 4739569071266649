import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, expect, type Locator, type Page, test as base } from "@playwright/test";

export const OWNER = { email: "owner@demo.example", password: "mediatheque-demo" };
export const VIEWER = { email: "viewer@demo.example", password: "mediatheque-demo" };

/** Collects what the content security policy refused, in every page of a context. */
export async function watchPolicy(context: BrowserContext, refused: string[]): Promise<void> {
  await context.exposeBinding("policyRefused", (_source, text: string) => { refused.push(text); });
  await context.addInitScript(() => {
    const report = (globalThis as unknown as { policyRefused: (text: string) => Promise<void> }).policyRefused;
    addEventListener("securitypolicyviolation", (event) => void report(`${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
  });
  context.on("console", (message) => { if (/Content Security Policy|Trusted Type/i.test(message.text())) refused.push(message.text()); });
}

/** Every test of the house fails when the content security policy had to refuse something. */
export const test = base.extend<{ policy: string[] }>({
  policy: [async ({ context }, use) => {
    const refused: string[] = [];
    await watchPolicy(context, refused);
    await use(refused);
    expect(refused, "refused by the content security policy").toEqual([]);
  }, { auto: true }],
});

export async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "All works" })).toBeVisible();
}

/** No serious or critical fault by the WCAG rules that axe knows. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  const faults = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help} at ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
  expect(faults).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
}

/** Waits until the page has what it asked for: no skeleton is left and the pictures in view have come. */
export async function settle(page: Page): Promise<void> {
  await expect.poll(() => page.getByRole("status", { name: /^Loading/ }).count(), { intervals: [50] }).toBe(0);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.loading === "lazy" && image.getBoundingClientRect().top > innerHeight));
}

export function notice(page: Page, text: string | RegExp): Locator {
  return page.getByRole("region", { name: /Notices/ }).getByText(text);
}

/** A browser of somebody else, in which nobody is signed in; what its policy refuses fails the test too. */
export async function another(browser: Browser, baseURL: string | undefined, refused: string[]): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), reducedMotion: "reduce", locale: "en-GB", storageState: { cookies: [], origins: [] } });
  await watchPolicy(context, refused);
  return { context, page: await context.newPage() };
}
