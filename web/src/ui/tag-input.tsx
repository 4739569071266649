import { type KeyboardEvent, useId, useState } from "react";
import { Chip } from "./chip";
import { cn } from "./cn";
import { useFieldIds } from "./field";

interface TagInputProps {
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** What could be meant by the text typed so far. */
  suggestions?: readonly string[];
  onText?: (text: string) => void;
  placeholder?: string;
}

/** Several words as chips, with suggestions. A comma, Enter or leaving the field takes what was typed. */
export function TagInput({ values, onChange, suggestions = [], onText, placeholder }: TagInputProps) {
  const list = useId();
  const field = useFieldIds();
  const [text, setText] = useState("");
  const [active, setActive] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const known = new Set(values.map((value) => value.toLowerCase()));
  const offers = text.trim() === "" ? [] : suggestions.filter((each) => !known.has(each.toLowerCase())).slice(0, 8);
  const shown = isOpen && offers.length > 0;

  const type = (next: string): void => {
    if (/[,;]/.test(next)) {
      add(next);
      return;
    }
    setText(next);
    setActive(-1);
    setOpen(true);
    onText?.(next);
  };
  const add = (value: string): void => {
    const added = value.split(/[,;]/).map((each) => each.trim()).filter((each) => each !== "" && !known.has(each.toLowerCase()));
    if (added.length > 0) onChange([...values, ...added]);
    type("");
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (shown && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      setActive(next >= offers.length ? 0 : next < 0 ? offers.length - 1 : next);
    } else if ((event.key === "Enter" || event.key === ",") && (text.trim() !== "" || active >= 0)) {
      event.preventDefault();
      add(offers[active] ?? text);
    } else if (event.key === "Backspace" && text === "" && values.length > 0) {
      onChange(values.slice(0, -1));
    } else if (event.key === "Escape" && shown) {
      event.stopPropagation();
      setOpen(false);
    }
  };

  return (
    <div className="relative">
      <div className="flex min-h-10 flex-wrap items-center gap-1.5 rounded-lg border border-line bg-raised px-1.5 py-1 hover:border-line-strong has-[input:focus-visible]:border-focus">
        {values.map((value) => <Chip key={value} onRemove={() => onChange(values.filter((each) => each !== value))}>{value}</Chip>)}
        <input
          {...field}
          role="combobox"
          aria-expanded={shown}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
          value={text}
          placeholder={values.length === 0 ? placeholder : undefined}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => { add(text); }}
          className="h-8 min-w-24 flex-1 bg-transparent px-1.5 outline-none"
        />
      </div>
      <ul id={list} role="listbox" aria-label="Suggestions" hidden={!shown} className="absolute inset-x-0 top-full z-20 mt-1 rounded-lg border border-line bg-raised p-1 shadow-raised">
        {offers.map((offer, index) => (
          <li
            key={offer}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => { event.preventDefault(); add(offer); }}
            className={cn("cursor-pointer rounded-sm px-2.5 py-1.5", index === active ? "bg-accent-soft" : "hover:bg-sunken")}
          >
            {offer}
          </li>
        ))}
      </ul>
    </div>
  );
}
