import { CircleAlert, CircleCheck, X } from "lucide-react";
import { Toast } from "radix-ui";
import { useSyncExternalStore } from "react";
import { dismissNotice, notices, subscribeNotices } from "@/lib/notices";
import { IconButton } from "./button";
import { cn } from "./cn";

export function Toasts() {
  const shown = useSyncExternalStore(subscribeNotices, notices);
  return (
    <Toast.Provider swipeDirection="down" label="Notice">
      {shown.map((item) => (
        <Toast.Root
          key={item.id}
          duration={item.tone === "bad" || item.action ? 10_000 : 4_000}
          type={item.tone === "bad" ? "foreground" : "background"}
          onOpenChange={(open) => { if (!open) dismissNotice(item.id); }}
          className="flex items-center gap-3 rounded-lg border border-line bg-raised py-2 pr-2 pl-4 text-sm shadow-raised animate-rise"
        >
          <span className={cn(item.tone === "bad" ? "text-danger" : "text-positive")}>
            {item.tone === "bad" ? <CircleAlert size={18} aria-hidden /> : <CircleCheck size={18} aria-hidden />}
          </span>
          <Toast.Description className="min-w-0 flex-1 py-1">{item.message}</Toast.Description>
          {item.action ? (
            <Toast.Action altText={item.action.label} onClick={item.action.run} className="rounded-sm px-2 py-1 font-medium text-accent hover:bg-accent-soft">
              {item.action.label}
            </Toast.Action>
          ) : null}
          <Toast.Close asChild><IconButton label="Dismiss" size="s"><X size={16} aria-hidden /></IconButton></Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport label="Notices ({hotkey})" className="fixed inset-x-4 bottom-20 z-60 flex flex-col gap-2 outline-none sm:inset-x-auto sm:right-6 sm:bottom-6 sm:w-96" />
    </Toast.Provider>
  );
}
