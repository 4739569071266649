import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CornerDownLeft, Search, UserRound } from "lucide-react";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import type { Suggestion } from "@/api";
import { useSettled } from "@/lib/hooks";
import { KINDS } from "@/lib/labels";
import { useCan } from "@/lib/session";
import { suggestOptions } from "@/lib/suggest";
import { cn } from "@/ui/cn";
import { Thumb } from "@/ui/poster/poster";
import { Kbd } from "@/ui/states";
import { COMMANDS, matches } from "./commands";

interface Entry {
  id: string;
  group: string;
  picture: ReactNode;
  label: string;
  hint?: string | undefined;
  run: () => void;
}

function picture(suggestion: Suggestion): ReactNode {
  if (suggestion.type === "title" && suggestion.kind) {
    return <Thumb work={{ title: suggestion.label, year: suggestion.year ?? null, kind: suggestion.kind, poster: suggestion.poster ?? null }} className="h-9 w-7" />;
  }
  return <UserRound size={16} aria-hidden />;
}

function useEntries(typed: string, close: () => void): Entry[] {
  const can = useCan();
  const navigate = useNavigate();
  const text = useSettled(typed.trim(), 80);
  const suggestions = useQuery(suggestOptions(text));
  const go = (run: () => unknown) => (): void => { close(); run(); };
  const works = text === "" || typed.trim() === "" ? [] : (suggestions.data ?? []).map((each): Entry => ({
    id: `${each.type}-${each.id}`,
    group: "Works and people",
    picture: picture(each),
    label: each.label,
    hint: each.kind ? [KINDS[each.kind], each.year].filter(Boolean).join(" · ") : "Person",
    run: go(() => each.type === "title"
      ? navigate({ to: "/titles/$titleId", params: { titleId: each.slug } })
      : navigate({ to: "/people/$personId", params: { personId: each.slug } })),
  }));
  const all: Entry[] = typed.trim() === "" ? [] : [{
    id: "all", group: "Works and people", picture: <Search size={16} aria-hidden />, label: `Search everything for “${typed.trim()}”`,
    run: go(() => navigate({ to: "/search", search: { q: typed.trim() } })),
  }];
  const commands = COMMANDS.filter((command) => (!command.needs || can(command.needs)) && (typed.trim() === "" || matches(command, typed))).map((command): Entry => ({
    id: command.id, group: "Go to", picture: <command.icon size={16} aria-hidden />, label: command.label,
    run: go(() => { command.run?.(); if (command.to) void navigate({ to: command.to }); }),
  }));
  return [...works, ...all, ...commands];
}

/** Ctrl-K: works and people while typing, every page and action by name. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim animate-fade" />
        <Dialog.Content aria-describedby={undefined} className="fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[80dvh] max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-raised text-sm shadow-raised outline-none animate-rise sm:top-[12vh]">
          <Dialog.Title className="sr-only">Search and go to</Dialog.Title>
          <Finder onClose={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const list = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const entries = useEntries(typed, onClose);
  const at = Math.min(active, Math.max(0, entries.length - 1));
  const move = (to: number): void => {
    setActive(to);
    box.current?.querySelector(`[id="${list}-${to}"]`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (entries.length > 0) move((at + (event.key === "ArrowDown" ? 1 : entries.length - 1)) % entries.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      entries[at]?.run();
    }
  };
  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search size={18} className="text-quiet" aria-hidden />
        <input
          role="combobox"
          aria-label="Search works and people, or go to a page"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={entries.length > 0 ? `${list}-${at}` : undefined}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => { setTyped(event.target.value); setActive(0); }}
          onKeyDown={onKeyDown}
          placeholder="A title, a person, a page"
          className="h-14 min-w-0 flex-1 bg-transparent text-base outline-none"
        />
        <Dialog.Close aria-label="Close" className="-mr-1 rounded-sm p-1"><Kbd>Esc</Kbd></Dialog.Close>
      </div>
      <div ref={box} id={list} role="listbox" aria-label="Results" className="min-h-0 flex-1 overflow-y-auto p-2">
        {[...Map.groupBy(entries, (entry) => entry.group)].map(([group, members]) => (
          <div key={group} role="group" aria-label={group}>
            <p aria-hidden className="px-2 pt-2 pb-1 text-xs font-medium text-quiet">{group}</p>
            {members.map((entry) => {
              const index = entries.indexOf(entry);
              return (
                <div
                  key={entry.id}
                  id={`${list}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  onPointerMove={() => setActive(index)}
                  onClick={entry.run}
                  className={cn("flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-2", index === at && "bg-accent-soft")}
                >
                  <span className="grid w-8 shrink-0 place-items-center text-quiet">{entry.picture}</span>
                  <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                  {entry.hint ? <span className="shrink-0 text-xs text-quiet tabular">{entry.hint}</span> : null}
                  {index === at ? <CornerDownLeft size={14} className="shrink-0 text-quiet" aria-hidden /> : null}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </>
  );
}
