import { Loader2 } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";
type Size = "m" | "s";

const looks: Record<ButtonLook, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border border-line bg-raised text-ink hover:border-line-strong hover:bg-sunken",
  quiet: "text-quiet hover:bg-sunken hover:text-ink",
  danger: "bg-danger text-on-danger hover:opacity-90",
};

const sizes: Record<Size, string> = { m: "h-10 px-3.5 gap-2 sm:px-4", s: "h-8 px-3 gap-1.5 text-xs" };

export function buttonClass(look: ButtonLook = "plain", size: Size = "m"): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center whitespace-nowrap rounded-lg text-sm font-medium transition-colors duration-150",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50",
    looks[look],
    sizes[size],
  );
}

interface ButtonProps extends ComponentProps<"button"> {
  look?: ButtonLook;
  size?: Size;
  icon?: ReactNode;
  /** While true the button says so and takes no second click. */
  busy?: boolean;
}

export function Button({ look = "plain", size = "m", icon, busy = false, disabled, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={cn(buttonClass(look, size), className)}
    >
      {busy ? <Loader2 size={16} className="animate-spin" aria-hidden /> : icon}
      {children}
    </button>
  );
}

/** Gives a link the look of a button: `<ButtonLink look="primary"><Link …/></ButtonLink>`. */
export function ButtonLink({ look = "plain", size = "m", className, children }: { look?: ButtonLook; size?: Size; className?: string; children: ReactNode }) {
  return <Slot.Root className={cn(buttonClass(look, size), className)}>{children}</Slot.Root>;
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label"> {
  label: string;
  size?: Size;
  look?: ButtonLook;
}

/** A button that is only an icon; its name is read aloud and shown on hover. */
export function IconButton({ label, size = "m", look = "quiet", className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={cn(buttonClass(look, size), size === "m" ? "w-10 px-0 sm:px-0" : "w-8 px-0", className)}
    >
      {children}
    </button>
  );
}
