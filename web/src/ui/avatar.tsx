import { hash } from "./poster/chance";

/** Initials on a colour of one's own. */
export function Avatar({ name, size = 36 }: { name: string; size?: number }) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.charAt(0) ?? "").join("").toUpperCase();
  return (
    <span
      aria-hidden
      className="grid shrink-0 place-items-center rounded-full font-medium text-white"
      style={{ width: size, height: size, fontSize: size * 0.36, backgroundColor: `oklch(42% 0.09 ${hash(name) % 360})` }}
    >
      {initials || "?"}
    </span>
  );
}
