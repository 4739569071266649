import { rmSync } from "node:fs";

/** The product has stopped by now; its temporary home goes with it. */
export default function teardown(): void {
  if (process.env.E2E_DATA) rmSync(process.env.E2E_DATA, { recursive: true, force: true });
}
