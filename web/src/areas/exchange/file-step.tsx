import { FileUp, X } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { formatNumber, plural } from "@/lib/format";
import { Button, IconButton } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Field, Textarea } from "@/ui/field";

export interface Payload {
  file: File | null;
  text: string;
}

interface FileStepProps {
  payload: Payload;
  onChange: (payload: Payload) => void;
  extensions: readonly string[];
  /** No lines to paste. */
  isFileOnly?: boolean;
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 ** 2) return `${formatNumber(Math.round(bytes / 1024))} kB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

/** A file dropped or chosen, or lines pasted. */
export function FileStep({ payload, onChange, extensions, isFileOnly = false }: FileStepProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (file: File | undefined): void => { if (file) onChange({ file, text: "" }); };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const lines = payload.text.split("\n").filter((line) => line.trim() !== "").length;
  return (
    <div className="flex flex-col gap-4">
      <div
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={cn("flex flex-col items-center gap-3 rounded-lg border-2 border-dashed px-6 py-10 text-center transition-colors", isOver ? "border-accent bg-accent-soft" : "border-line bg-raised")}
      >
        {payload.file ? (
          <div className="flex max-w-full items-center gap-3">
            <FileUp size={20} className="shrink-0 text-accent" aria-hidden />
            <span className="min-w-0 text-left"><span className="block truncate font-medium">{payload.file.name}</span><span className="text-xs text-quiet">{size(payload.file.size)}</span></span>
            <IconButton label="Take another file" size="s" onClick={() => onChange({ file: null, text: "" })}><X size={16} aria-hidden /></IconButton>
          </div>
        ) : (
          <>
            <FileUp size={28} className="text-quiet" aria-hidden />
            <p className="font-medium">{isFileOnly ? "Drop the file here" : "Drop the export here"}</p>
            <p className="text-xs text-quiet">{extensions.length > 0 ? extensions.join(", ") : "Tables, zips, XML or JSON"}</p>
            <Button onClick={() => input.current?.click()}>Choose a file</Button>
          </>
        )}
        <input ref={input} type="file" aria-label="File to import" accept={extensions.length > 0 ? extensions.join(",") : undefined} className="sr-only" tabIndex={-1} onChange={(event) => { take(event.target.files?.[0]); event.target.value = ""; }} />
      </div>
      {payload.file || isFileOnly ? null : (
        <Field label="Or paste lines here: a table, or barcodes, one each line" hint={lines > 0 ? plural(lines, "line") : undefined}>
          <Textarea rows={5} value={payload.text} onChange={(event) => onChange({ file: null, text: event.target.value })} className="font-mono text-xs" placeholder={"5060000700001\n9780141439471"} />
        </Field>
      )}
    </div>
  );
}
