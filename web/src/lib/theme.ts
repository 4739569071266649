import { useEffect } from "react";
import { oneOf, stored } from "./stored";

export type Theme = "system" | "light" | "dark";

export const theme = stored<Theme>("theme", "system", oneOf("system", "light", "dark"));

function apply(choice: Theme): void {
  const dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  const surface = getComputedStyle(document.documentElement).getPropertyValue("--surface");
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", surface);
}

/** Keeps the document's theme at the person's choice, and at the system's while that is the choice. */
export function useTheme(): void {
  const choice = theme.use();
  useEffect(() => {
    const update = (): void => apply(choice);
    update();
    const media = matchMedia("(prefers-color-scheme: dark)");
    media.addEventListener("change", update);
    return () => media.removeEventListener("change", update);
  }, [choice]);
}
