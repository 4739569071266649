import { lazy } from "react";

/** Forms that come when somebody opens one: most who look at a work do not. */
export const CopyDialog = lazy(async () => ({ default: (await import("./copy-dialog")).CopyDialog }));
export const EditCopyDialog = lazy(async () => ({ default: (await import("./copy-dialog")).EditCopyDialog }));
export const EditEditionDialog = lazy(async () => ({ default: (await import("./copy-dialog")).EditEditionDialog }));
export const LendDialog = lazy(async () => ({ default: (await import("./lend-dialog")).LendDialog }));
