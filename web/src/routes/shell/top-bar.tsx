import { Link } from "@tanstack/react-router";
import { Menu as MenuIcon, Plus, Search, Upload } from "lucide-react";
import { useCan } from "@/lib/session";
import { ButtonLink, IconButton } from "@/ui/button";
import { Kbd } from "@/ui/states";
import { Bell } from "./bell";
import { PersonMenu } from "./person-menu";

const MODIFIER = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ K" : "Ctrl K";

export function TopBar({ onSearch, onMenu }: { onSearch: () => void; onMenu: () => void }) {
  const can = useCan();
  return (
    <header className="sticky top-0 z-30 bg-surface/95 backdrop-blur-sm">
      <div className="mx-auto flex h-16 w-full max-w-350 items-center gap-2 px-4 sm:px-8">
        <IconButton label="Open the menu" className="-ml-2 hidden sm:inline-flex lg:hidden" onClick={onMenu}><MenuIcon size={20} aria-hidden /></IconButton>
        <Link to="/" className="mr-auto font-serif text-lg font-semibold tracking-tight sm:hidden" aria-label="Mediatheque, all works">
          Média<span className="text-accent">thèque</span>
        </Link>
        <button
          type="button"
          onClick={onSearch}
          aria-keyshortcuts="Control+K"
          className="mr-auto hidden h-10 w-full max-w-104 items-center gap-2.5 rounded-lg border border-line bg-raised px-3 text-left text-quiet transition-colors hover:border-line-strong sm:flex"
        >
          <Search size={16} aria-hidden />
          <span className="flex-1 truncate">Search works and people</span>
          <Kbd>{MODIFIER}</Kbd>
        </button>
        <IconButton label="Search" className="sm:hidden" onClick={onSearch}><Search size={20} aria-hidden /></IconButton>
        {can("exchange.import.create") ? (
          <ButtonLink className="hidden md:inline-flex"><Link to="/imports/new"><Upload size={16} aria-hidden />Import</Link></ButtonLink>
        ) : null}
        {can("catalog.title.create") ? (
          <ButtonLink look="primary" className="hidden sm:inline-flex"><Link to="/titles/new"><Plus size={16} aria-hidden />Add a work</Link></ButtonLink>
        ) : null}
        <Bell />
        <PersonMenu />
      </div>
    </header>
  );
}
