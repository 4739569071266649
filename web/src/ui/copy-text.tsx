import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { notifyError } from "@/lib/notices";
import { Button } from "./button";
import { Input } from "./field";

/** A text to take along: selected by a click, copied by a button. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Without HTTPS the browser lends no clipboard.
      notifyError("The browser does not allow copying here. Select the text and copy it by hand.");
    }
  };
  return (
    <div className="flex gap-2">
      <Input readOnly aria-label={label} value={text} onFocus={(event) => event.target.select()} className="font-mono text-xs" />
      <Button icon={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />} onClick={() => void copy()}>{isCopied ? "Copied" : "Copy"}</Button>
    </div>
  );
}
