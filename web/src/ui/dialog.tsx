import { X } from "lucide-react";
import { AlertDialog, Dialog as Base } from "radix-ui";
import { type ReactNode, useId, useState } from "react";
import { Button, type ButtonLook, IconButton } from "./button";
import { cn } from "./cn";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  children: ReactNode;
  footer?: ReactNode;
  size?: "m" | "l";
}

const overlay = "fixed inset-0 z-40 bg-scrim animate-fade";
/** On a phone a sheet from below, elsewhere a card in the middle. */
const panel = cn(
  "fixed z-50 flex max-h-[90dvh] flex-col bg-raised text-sm shadow-raised outline-none",
  "inset-x-0 bottom-0 rounded-t-lg animate-slide-up",
  "sm:inset-auto sm:top-1/2 sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-lg sm:border sm:border-line sm:animate-fade",
);

export function Dialog({ open, onOpenChange, title, description, children, footer, size = "m" }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Overlay className={overlay} />
        <Base.Content className={cn(panel, size === "m" ? "sm:w-[30rem]" : "sm:w-[min(56rem,94vw)]")} {...(description ? {} : { "aria-describedby": undefined })}>
          <header className="flex items-start gap-4 px-5 pt-5 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="font-serif text-lg font-semibold">{title}</Base.Title>
              {description ? <Base.Description className="mt-1 text-quiet">{description}</Base.Description> : null}
            </div>
            <Base.Close asChild><IconButton label="Close" size="s"><X size={18} aria-hidden /></IconButton></Base.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
          {footer ? <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4">{footer}</footer> : null}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}

interface FormDialogProps extends Omit<DialogProps, "footer"> {
  onSubmit: () => void;
  submit: string;
  busy?: boolean;
  disabled?: boolean;
  look?: ButtonLook;
}

/** A dialog that is one form: Enter sends it, Escape leaves it. */
export function FormDialog({ onSubmit, submit, busy, disabled, look = "primary", children, ...rest }: FormDialogProps) {
  const form = useId();
  return (
    <Dialog
      {...rest}
      footer={
        <>
          <Button onClick={() => rest.onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={form} look={look} busy={busy ?? false} disabled={disabled}>{submit}</Button>
        </>
      }
    >
      <form id={form} className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); onSubmit(); }}>{children}</form>
    </Dialog>
  );
}

interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Says what will be gone and what will stay. */
  children: ReactNode;
  confirm: string;
  cancel?: string;
  busy?: boolean;
  look?: ButtonLook;
  onConfirm: () => void;
}

export function Confirm({ open, onOpenChange, title, children, confirm, cancel = "Cancel", busy, look = "danger", onConfirm }: ConfirmProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlay} />
        <AlertDialog.Content className={cn(panel, "gap-3 p-5 sm:w-[26rem]")}>
          <AlertDialog.Title className="font-serif text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild><div className="text-quiet">{children}</div></AlertDialog.Description>
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild><Button>{cancel}</Button></AlertDialog.Cancel>
            <Button look={look} busy={busy ?? false} onClick={onConfirm}>{confirm}</Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** A button that asks first. */
export function ConfirmButton({ button, onConfirm, ...rest }: Omit<ConfirmProps, "open" | "onOpenChange"> & { button: (ask: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {button(() => setOpen(true))}
      <Confirm {...rest} open={open} onOpenChange={setOpen} onConfirm={() => { setOpen(false); onConfirm(); }} />
    </>
  );
}
