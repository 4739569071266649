import { Link } from "@tanstack/react-router";
import { Handshake, LayoutGrid, Menu as MenuIcon, Plus, Search } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useCan } from "@/lib/session";
import { Sidebar } from "./sidebar";

const itemClass = "flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-quiet data-[status=active]:text-accent data-[status=active]:font-medium";

function BarButton({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return <button type="button" onClick={onClick} className={itemClass}>{icon}{label}</button>;
}

/** The places a thumb reaches. */
export function BottomBar({ onSearch, onMenu }: { onSearch: () => void; onMenu: () => void }) {
  const can = useCan();
  return (
    <nav aria-label="Quick" className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] sm:hidden">
      <Link to="/" search={{}} activeOptions={{ exact: true }} className={itemClass}><LayoutGrid size={20} aria-hidden />Works</Link>
      <BarButton label="Search" icon={<Search size={20} aria-hidden />} onClick={onSearch} />
      {can("catalog.title.create") ? <Link to="/titles/new" className={itemClass}><Plus size={20} aria-hidden />Add</Link> : null}
      <Link to="/loans" className={itemClass}><Handshake size={20} aria-hidden />Loans</Link>
      <BarButton label="More" icon={<MenuIcon size={20} aria-hidden />} onClick={onMenu} />
    </nav>
  );
}

export function Drawer({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim animate-fade lg:hidden" />
        <Dialog.Content aria-describedby={undefined} className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col overflow-y-auto bg-sunken shadow-raised outline-none animate-slide-left lg:hidden">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <Sidebar onGo={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
