import { RadioGroup } from "radix-ui";
import type { AvatarRead } from "@/api";
import type { Avatar } from "./draft";

export function AvatarChoice({ avatars, value, onChange }: { avatars: readonly AvatarRead[]; value: Avatar; onChange: (name: Avatar) => void }) {
  return (
    <RadioGroup.Root aria-label="Picture" value={value} onValueChange={(name) => onChange(name as Avatar)} className="grid grid-cols-[repeat(auto-fill,minmax(3.5rem,1fr))] gap-2">
      {avatars.map((avatar) => (
        <RadioGroup.Item key={avatar.name} value={avatar.name} aria-label={avatar.label} title={avatar.label} className="rounded-lg border-2 border-transparent p-0.5 transition-colors hover:border-line-strong data-[state=checked]:border-accent">
          <img src={avatar.url} alt="" className="aspect-square w-full rounded-lg" />
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
