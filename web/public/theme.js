// Sets the theme before the first paint, so that a dark room never flashes white.
(() => {
  let choice = "system";
  try {
    choice = localStorage.getItem("mediatheque:theme") || "system";
  } catch {
    // Storage can be switched off; the system's theme is a good answer then.
  }
  const dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  // Libraries that write style elements look for the nonce of the content policy here.
  window.__webpack_nonce__ = document.currentScript?.nonce;
})();
