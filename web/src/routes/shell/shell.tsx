import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useShortcut } from "@/lib/hooks";
import { useLiveUpdates } from "@/lib/live";
import { useSession } from "@/lib/session";
import { BottomBar } from "./phone";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";

const Palette = lazy(() => import("@/areas/search/palette").then(({ Palette }) => ({ default: Palette })));

const Drawer = lazy(() => import("./drawer").then(({ Drawer }) => ({ default: Drawer })));

/** The frame of the house: sidebar and top bar, on a phone a bar below and a drawer. */
export function Shell() {
  const [isSearching, setSearching] = useState(false);
  const [hasSearched, setSearched] = useState(false);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const search = (open: boolean): void => {
    setSearched(true);
    setSearching(open);
  };
  useShortcut({ "mod+k": () => search(!isSearching), "/": () => search(true) });
  useLiveUpdates();
  const { profile } = useSession();
  return (
    <div className="flex min-h-dvh" data-look={profile?.is_kids ? "kids" : undefined}>
      <a href="#main" className="sr-only z-50 rounded-lg bg-raised px-4 py-2 focus:not-sr-only focus:fixed focus:top-3 focus:left-3">
        Skip to the content
      </a>
      <aside className="sticky top-0 hidden h-dvh w-54 shrink-0 flex-col overflow-y-auto border-r border-line bg-sunken lg:flex">
        <Sidebar />
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar onSearch={() => search(true)} onMenu={() => setDrawerOpen(true)} />
        <main id="main" key={path.split("/")[1] ?? ""} tabIndex={-1} className="mx-auto w-full max-w-350 flex-1 px-4 pt-2 pb-28 outline-none sm:px-8 lg:pb-16">
          <Outlet />
        </main>
      </div>
      <BottomBar onSearch={() => search(true)} onMenu={() => setDrawerOpen(true)} />
      {isDrawerOpen ? <Suspense fallback={null}><Drawer open onOpenChange={setDrawerOpen} /></Suspense> : null}
      {hasSearched ? <Suspense fallback={null}><Palette open={isSearching} onOpenChange={setSearching} /></Suspense> : null}
    </div>
  );
}
