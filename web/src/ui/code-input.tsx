import { useState } from "react";
import type { CodeBook } from "@/lib/codes";
import { TagInput } from "./tag-input";

/** Countries or languages: chosen by name, kept as codes. */
export function CodeInput({ book, codes, onChange, placeholder }: { book: CodeBook; codes: readonly string[]; onChange: (codes: string[]) => void; placeholder?: string }) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const starts = wanted === "" ? [] : book.names().filter((name) => name.toLowerCase().startsWith(wanted));
  return <TagInput values={codes.map(book.toName)} onChange={(names) => onChange(names.map(book.toCode))} suggestions={starts} onText={setText} {...(placeholder ? { placeholder } : {})} />;
}
