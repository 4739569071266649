import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.MEDIATHEQUE_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // The server puts a new nonce in its place at every answer.
  html: { cspNonce: "__CSP_NONCE__" },
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2023",
    manifest: true,
    // The content policy allows no data: scripts, and small fonts are better cached as files.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // One file for the icons of many pages instead of a hundred of 200 bytes; the others stay with theirs.
        codeSplitting: { groups: [{ name: "icons", test: /node_modules.lucide-react/, minShareCount: 8 }] },
      },
    },
  },
  server: { proxy: { "/api": { target: server }, "/health": { target: server } } },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/lib/testing.ts"],
  },
});
