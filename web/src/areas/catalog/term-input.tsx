import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSettled } from "@/lib/hooks";
import { TagInput } from "@/ui/tag-input";
import { type Scheme, termsOptions } from "./data";

interface TermInputProps {
  scheme: Scheme;
  values: readonly string[];
  onChange: (values: string[]) => void;
  placeholder?: string;
}

/** Genres, tags, moods or themes, with those of the space offered while typing. */
export function TermInput({ scheme, ...rest }: TermInputProps) {
  const [text, setText] = useState("");
  const settled = useSettled(text.trim(), 150);
  const terms = useQuery({ ...termsOptions(scheme, settled), enabled: settled !== "" });
  return <TagInput {...rest} onText={setText} suggestions={terms.data?.map((term) => term.name) ?? []} />;
}
