// Fails when src/api is not what the OpenAPI document gives.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("..", import.meta.url));
const fresh = mkdtempSync(join(tmpdir(), "mediatheque-api-"));

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort();
}

try {
  execFileSync(process.execPath, [join(web, "node_modules/@hey-api/openapi-ts/bin/run.js")], {
    cwd: web, env: { ...process.env, API_OUT: fresh }, stdio: ["ignore", "ignore", "inherit"],
  });
  const kept = join(web, "src/api");
  const names = [...new Set([...files(kept), ...files(fresh)])];
  const read = (folder, name) => { try { return readFileSync(join(folder, name), "utf8"); } catch { return null; } };
  const stale = names.filter((name) => read(kept, name) !== read(fresh, name));
  if (stale.length > 0) {
    console.error(`src/api is not what docs/openapi.json gives; run "npm run generate". Stale: ${stale.join(", ")}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
