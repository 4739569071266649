import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { IconButton } from "./button";

interface RailProps {
  label: string;
  /** Beside the name: a choice, a link. */
  heading: ReactNode;
  children: ReactNode;
}

/** One row of cards that scrolls sideways: by finger, by wheel, by the buttons, by the arrow keys from card to card. */
export function Rail({ label, heading, children }: RailProps) {
  const box = useRef<HTMLUListElement>(null);
  const [ends, setEnds] = useState({ left: true, right: true });
  const measure = useCallback(() => {
    const list = box.current;
    if (list) setEnds({ left: list.scrollLeft < 8, right: list.scrollLeft + list.clientWidth > list.scrollWidth - 8 });
  }, []);
  useEffect(() => {
    const list = box.current;
    if (!list) return;
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    return () => observer.disconnect();
  }, [measure, children]);
  const turn = (pages: number): void => box.current?.scrollBy({ left: pages * box.current.clientWidth * 0.85, behavior: "smooth" });
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step || !(event.target instanceof HTMLElement)) return;
    const cards = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-card]")];
    const at = cards.findIndex((card) => card.contains(event.target as Node));
    const next = cards[at + step]?.querySelector<HTMLElement>("a, button");
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <section aria-label={label} className="flex flex-col gap-3">
      <div className="flex min-h-8 items-center gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">{heading}</div>
        {ends.left && ends.right ? null : (
          <div className="hidden gap-1 sm:flex">
            <IconButton label="Back" size="s" disabled={ends.left} onClick={() => turn(-1)}><ChevronLeft size={18} aria-hidden /></IconButton>
            <IconButton label="Further" size="s" disabled={ends.right} onClick={() => turn(1)}><ChevronRight size={18} aria-hidden /></IconButton>
          </div>
        )}
      </div>
      <ul ref={box} onScroll={measure} onKeyDown={onKeyDown} className="-mx-4 flex snap-x scroll-px-4 gap-3 overflow-x-auto px-4 pb-2 [scrollbar-width:none] sm:mx-0 sm:scroll-px-0 sm:px-0">
        {children}
      </ul>
    </section>
  );
}
