import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button";

interface SidePanelProps {
  title: ReactNode;
  label: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
}

/** Details of one row, beside the list they belong to; on a phone over it. */
export function SidePanel({ title, label, onClose, children, footer }: SidePanelProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim animate-fade" />
        <Dialog.Content aria-label={label} aria-describedby={undefined} className="fixed inset-y-0 right-0 z-50 flex w-full flex-col bg-raised text-sm shadow-raised outline-none animate-slide-right sm:w-[28rem] sm:border-l sm:border-line">
          <header className="flex items-start gap-4 px-5 pt-5 pb-4">
            <Dialog.Title asChild><div className="min-w-0 flex-1">{title}</div></Dialog.Title>
            <Dialog.Close asChild><IconButton label="Close" size="s"><X size={18} aria-hidden /></IconButton></Dialog.Close>
          </header>
          <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-5 pt-1 pb-8">{children}</div>
          {footer ? <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4">{footer}</footer> : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
