import { Switch as Toggle } from "radix-ui";
import { useId } from "react";

export function Switch({ checked, onChange, label, hint }: { checked: boolean; onChange: (on: boolean) => void; label: string; hint?: string }) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <Toggle.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 h-6 w-10 shrink-0 rounded-full border border-line-strong bg-sunken p-0.5 transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Toggle.Thumb className="block size-4.5 rounded-full bg-line-strong transition-transform duration-150 data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
      </Toggle.Root>
      <div>
        <label htmlFor={id} className="font-medium">{label}</label>
        {hint ? <p id={`${id}-hint`} className="text-xs text-quiet">{hint}</p> : null}
      </div>
    </div>
  );
}
