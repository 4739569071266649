import { defineConfig } from "@hey-api/openapi-ts";

/** OPENAPI names another document, so that a freshness check can generate from a running server. */
export default defineConfig({
  input: process.env.OPENAPI ?? "../docs/openapi.json",
  output: { path: process.env.API_OUT ?? "src/api", clean: true },
  plugins: [
    { name: "@hey-api/client-fetch", throwOnError: true },
    "@hey-api/typescript",
    { name: "@hey-api/sdk", paramsStructure: "grouped" },
    { name: "@tanstack/react-query", queryOptions: true, infiniteQueryOptions: false, mutationOptions: true },
  ],
});
