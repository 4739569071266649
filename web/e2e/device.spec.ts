import { expect } from "@playwright/test";
import { Caller } from "./callers";
import { expectAccessible, settle, test } from "./house";

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
interface Asked { device_code: string; user_code: string; verification_uri: string; interval: number }

async function ask(baseURL: string | undefined): Promise<{ television: Caller; asked: Asked; poll: () => Promise<{ status: number; body: Record<string, string> }> }> {
  const television = await Caller.stranger(baseURL ?? "");
  const answer = await television.form("/oauth/device_authorization", { client_id: "Television in the living room" });
  expect(answer.status()).toBe(200);
  const asked = await answer.json() as Asked;
  const poll = async () => {
    const said = await television.form("/oauth/token", { grant_type: DEVICE_GRANT, device_code: asked.device_code, client_id: "Television in the living room" });
    return { status: said.status(), body: await said.json() as Record<string, string> };
  };
  return { television, asked, poll };
}

test("a television is let in by the code that it shows", async ({ page, baseURL }) => {
  const { asked, poll } = await ask(baseURL);
  expect(await poll()).toMatchObject({ status: 400, body: { error: "authorization_pending" } });
  expect(new URL(asked.verification_uri).pathname).toBe("/device");
  await page.goto("/device");
  await settle(page);
  await expectAccessible(page);
  // People type it as they see it: small, without its hyphen.
  await page.getByLabel("Code on the device").fill(asked.user_code.toLowerCase().replace("-", ""));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "Television in the living room" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Let it in" }).click();
  await expect(page.getByRole("heading", { name: "The device is signed in" })).toBeVisible();

  // It asks no more often than it was told (RFC 8628, section 3.5).
  await expect.poll(async () => (await poll()).body.token_type, { timeout: 30_000, intervals: [asked.interval * 1000 + 500] }).toMatch(/bearer/i);
  await page.goto("/account/devices");
  await expect(page.getByText("Television in the living room").first()).toBeVisible();
});

test("a television that nobody asked for stays outside", async ({ page, baseURL }) => {
  const { asked, poll } = await ask(baseURL);
  await page.goto(`/device?code=${asked.user_code}`);
  await expect(page.getByText(asked.user_code)).toBeVisible();
  await page.getByRole("button", { name: "Refuse" }).click();
  await expect(page.getByRole("heading", { name: "The device stays outside" })).toBeVisible();
  expect(await poll()).toMatchObject({ status: 400, body: { error: "access_denied" } });
  await page.getByRole("button", { name: "Type another code" }).click();
  await page.getByLabel("Code on the device").fill("ZZZZ-ZZZZ");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
});
