import { Check } from "lucide-react";
import { DropdownMenu, Popover as Pop } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

const surface = "z-50 rounded-lg border border-line bg-raised p-1 text-sm shadow-raised animate-rise";
const row = "flex cursor-default items-center gap-2.5 rounded-sm px-2.5 py-2 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-accent-soft";

export function Menu({ trigger, children, align = "end" }: { trigger: ReactNode; children: ReactNode; align?: "start" | "end" }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={6} collisionPadding={8} className={cn(surface, "min-w-48 max-w-80")}>{children}</DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  onSelect?: () => void;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

export function MenuItem({ onSelect, icon, danger, disabled, children }: ItemProps) {
  return (
    <DropdownMenu.Item disabled={disabled} onSelect={onSelect} className={cn(row, danger && "text-danger data-[highlighted]:bg-danger-soft")}>
      {icon ? <span className="text-quiet">{icon}</span> : null}
      {children}
    </DropdownMenu.Item>
  );
}

/** A menu row that is a link, so that it opens in a new tab too. */
export function MenuLink({ children }: { children: ReactNode }) {
  return <DropdownMenu.Item asChild className={row}>{children}</DropdownMenu.Item>;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-xs font-medium text-quiet">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

interface MenuRadioProps<T extends string> {
  value: T;
  onValue: (value: T) => void;
  options: readonly { value: T; label: string }[];
}

export function MenuRadio<T extends string>({ value, onValue, options }: MenuRadioProps<T>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onValue(next as T)}>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={cn(row, "pl-8 relative")}>
          <DropdownMenu.ItemIndicator className="absolute left-2.5"><Check size={14} aria-hidden /></DropdownMenu.ItemIndicator>
          {option.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function Popover({ trigger, children, label }: { trigger: ReactNode; children: ReactNode; label: string }) {
  return (
    <Pop.Root>
      <Pop.Trigger asChild>{trigger}</Pop.Trigger>
      <Pop.Portal>
        <Pop.Content aria-label={label} align="start" sideOffset={6} collisionPadding={12} className={cn(surface, "w-72 max-w-[calc(100vw-24px)] p-3")}>{children}</Pop.Content>
      </Pop.Portal>
    </Pop.Root>
  );
}
