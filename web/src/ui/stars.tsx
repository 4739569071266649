import { Star } from "lucide-react";
import { cn } from "./cn";

/** Ratings are 0 to 10 on the wire and five stars on the screen; 9 is four and a half. */
export function Stars({ value, size = 14 }: { value: number; size?: number }) {
  return (
    <span role="img" aria-label={`${value} of 10`} className="relative inline-flex shrink-0">
      <span className="flex text-line-strong/60" aria-hidden>{[0, 1, 2, 3, 4].map((n) => <Star key={n} size={size} fill="currentColor" strokeWidth={0} />)}</span>
      <span className="absolute inset-y-0 left-0 flex overflow-hidden text-accent" style={{ width: `${value * 10}%` }} aria-hidden>
        {[0, 1, 2, 3, 4].map((n) => <Star key={n} size={size} fill="currentColor" strokeWidth={0} className="shrink-0" />)}
      </span>
    </span>
  );
}

interface StarInputProps {
  value: number | null;
  onChange: (value: number | null) => void;
  disabled?: boolean;
}

/** Five stars in halves. A range input underneath gives arrows, touch and a spoken value for free. */
export function StarInput({ value, onChange, disabled }: StarInputProps) {
  return (
    <span className="inline-flex items-center gap-2">
      <span className={cn("relative inline-flex rounded-sm", disabled ? "opacity-60" : "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus")}>
        <Stars value={value ?? 0} size={22} />
        <input
          type="range"
          min={0}
          max={10}
          step={1}
          value={value ?? 0}
          disabled={disabled}
          aria-label="Your rating"
          aria-valuetext={value === null ? "Not rated" : `${value} of 10`}
          onChange={(event) => { const next = Number(event.target.value); onChange(next === 0 ? null : next); }}
          className="absolute inset-0 h-full w-full cursor-pointer opacity-0"
        />
      </span>
      {value === null ? null : (
        <button type="button" disabled={disabled} onClick={() => onChange(null)} className="rounded-sm px-1 text-xs text-quiet underline-offset-2 hover:underline">
          Clear
        </button>
      )}
    </span>
  );
}
