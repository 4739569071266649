declare global {
  // The name by which libraries that add a style element look for the nonce of the page.
  var __webpack_nonce__: string | undefined;
}

/** Dialogs keep the page behind them from scrolling by a style element, which the content policy allows with its nonce only. */
export function adoptNonce(): void {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  if (nonce) globalThis.__webpack_nonce__ = nonce;
}
