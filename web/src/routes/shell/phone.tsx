import { Link } from "@tanstack/react-router";
import { Handshake, LayoutGrid, Menu as MenuIcon, Plus, Search } from "lucide-react";
import type { ReactNode } from "react";
import { useCan } from "@/lib/session";

const itemClass = "flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-quiet data-[status=active]:text-accent data-[status=active]:font-medium";

function BarButton({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return <button type="button" onClick={onClick} className={itemClass}>{icon}{label}</button>;
}

/** The places a thumb reaches. */
export function BottomBar({ onSearch, onMenu }: { onSearch: () => void; onMenu: () => void }) {
  const can = useCan();
  return (
    <nav aria-label="Quick" className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] sm:hidden">
      <Link to="/" search={{}} activeOptions={{ exact: true, includeSearch: false }} className={itemClass}><LayoutGrid size={20} aria-hidden />Works</Link>
      <BarButton label="Search" icon={<Search size={20} aria-hidden />} onClick={onSearch} />
      {can("catalog.title.create") ? <Link to="/titles/new" className={itemClass}><Plus size={20} aria-hidden />Add</Link> : null}
      <Link to="/loans" className={itemClass}><Handshake size={20} aria-hidden />Loans</Link>
      <BarButton label="More" icon={<MenuIcon size={20} aria-hidden />} onClick={onMenu} />
    </nav>
  );
}
