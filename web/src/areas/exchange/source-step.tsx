import { FileText, Sparkles } from "lucide-react";
import type { SourceRead } from "@/api";
import { cn } from "@/ui/cn";

interface SourceStepProps {
  sources: readonly SourceRead[];
  value: string;
  onChange: (name: string) => void;
}

/** Where the collection comes from; "look for me" is right for almost everyone. */
export function SourceStep({ sources, value, onChange }: SourceStepProps) {
  const all = [{ name: "auto", label: "Find out for me", description: "Drop any export in; the format is detected." }, ...sources];
  return (
    <div role="radiogroup" aria-label="Where it comes from" className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
      {all.map((source) => (
        <label
          key={source.name}
          className={cn(
            "flex cursor-pointer items-start gap-3 rounded-lg border bg-raised p-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
            value === source.name ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong",
          )}
        >
          <input type="radio" name="source" value={source.name} checked={value === source.name} onChange={() => onChange(source.name)} className="sr-only" />
          <span className={cn("mt-0.5", value === source.name ? "text-accent" : "text-quiet")}>{source.name === "auto" ? <Sparkles size={18} aria-hidden /> : <FileText size={18} aria-hidden />}</span>
          <span className="min-w-0">
            <span className="block font-medium">{source.label}</span>
            <span className="block text-xs text-quiet">{source.description}</span>
          </span>
        </label>
      ))}
    </div>
  );
}
