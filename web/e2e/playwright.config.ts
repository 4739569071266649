import { chmodSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { defineConfig } from "@playwright/test";

/** Debian's own browser, or the one that CHROMIUM names. */
function chromium(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (!found) throw new Error("Chromium was not found. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path.");
  return found;
}

const repository = resolve(import.meta.dirname, "../..");
const given = process.env.BASE_URL;
const port = process.env.E2E_PORT ?? "8190";
// Who is signed in is known on one port only: several runs at once do not share it.
process.env.E2E_STATE ??= join(import.meta.dirname, `../test-results/owner-${given ? new URL(given).port : port}.json`);
const python = process.env.PYTHON ?? join(repository, ".venv/bin/python");
/** Somebody else who vouches for people: the provider of the Python tests. */
const issuerPort = process.env.E2E_ISSUER_PORT ?? String(Number(port) + 1);
const issuer = { name: "village", label: "Village", issuer: `http://127.0.0.1:${issuerPort}`, client_id: "mediatheque", client_secret: "x", allow_private: true };
// Workers read this file again; what the first reading chose travels in the environment.
if (!given && !process.env.E2E_DATA) {
  process.env.E2E_DATA = mkdtempSync(join(tmpdir(), "mediatheque-e2e-"));
  chmodSync(process.env.E2E_DATA, 0o755);
}

export default defineConfig({
  testDir: ".",
  outputDir: `../test-results/runs-${given ? new URL(given).port : port}`,
  globalTeardown: "./teardown.ts",
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: given ?? `http://127.0.0.1:${port}`,
    viewport: { width: 1360, height: 900 },
    contextOptions: { reducedMotion: "reduce" },
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: chromium(),
      args: [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-domain-reliability", "--no-default-browser-check",
      ],
    },
  },
  projects: [
    { name: "sign-in", testMatch: "sign-in.spec.ts" },
    { name: "house", testMatch: /(?<!sign-in)\.spec\.ts/, dependencies: ["sign-in"], use: { storageState: process.env.E2E_STATE } },
  ],
  ...(given ? {} : {
    webServer: [
      {
        command: `${python} -W ignore -m oidc_provider_mock -p ${issuerPort} -n 1`,
        cwd: repository,
        url: `${issuer.issuer}/.well-known/openid-configuration`,
        timeout: 60_000,
      },
      {
        command: `${python} -m mediatheque.cli serve`,
        cwd: repository,
        url: `http://127.0.0.1:${port}/health/ready`,
        timeout: 180_000,
        gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
        env: {
          MEDIATHEQUE_PORT: port,
          MEDIATHEQUE_DATA: process.env.E2E_DATA ?? "",
          MEDIATHEQUE_DEMO: "1",
          MEDIATHEQUE_SIGN_IN_PER_MINUTE: "1000",
          MEDIATHEQUE_REQUESTS_PER_MINUTE: "100000",
          // The owner signs in anew in many tests; the first session serves the others.
          MEDIATHEQUE_SESSIONS_PER_USER: "500",
          MEDIATHEQUE_ISSUERS: JSON.stringify([issuer]),
          // Streams and guides of the tests are on this machine.
          MEDIATHEQUE_ALLOW_PRIVATE_FETCH: "1",
        },
      },
    ],
  }),
});
