// Initial JavaScript, compressed, of every entry the browser can start on: at most 200 kB each.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 200_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const sizes = new Map();

function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist))).length);
  return sizes.get(file);
}

function reach(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) reach(next, seen);
  return seen;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const lazy = Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry);
let isOver = false;
// A library that is fetched when somebody presses a button (a player, say) is not initial.
for (const key of lazy.filter((each) => !each.startsWith("node_modules/"))) {
  const files = new Set([...reach(entry), ...reach(key)].map((each) => manifest[each].file).filter((file) => file.endsWith(".js")));
  const total = [...files].reduce((sum, file) => sum + size(file), 0);
  if (total > LIMIT) isOver = true;
  console.log(`${String(Math.round(total / 1000)).padStart(4)} kB  ${key}${total > LIMIT ? "  over the limit" : ""}`);
}
process.exitCode = isOver ? 1 : 0;
