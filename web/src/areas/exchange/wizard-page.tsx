import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Check, Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { messageOf } from "@/lib/errors";
import { download } from "@/lib/http";
import { notifyError } from "@/lib/notices";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { RadioCards } from "@/ui/radio-cards";
import { Switch } from "@/ui/switch";
import { cn } from "@/ui/cn";
import { Field, Select } from "@/ui/field";
import { Page } from "@/ui/page";
import { ErrorNote, FormError, Progress, SkeletonRows } from "@/ui/states";
import { librariesOptions, type Mode, MODES, sourcesOptions } from "./data";
import { sendImport } from "./send-import";
import { FileStep, type Payload } from "./file-step";
import { SourceStep } from "./source-step";

const STEPS = ["Where from", "The file", "How"] as const;

function StepMark({ index, step, onGo }: { index: number; step: number; onGo: (index: number) => void }) {
  const isDone = index < step;
  return (
    <li className="flex items-center gap-2">
      <button type="button" disabled={!isDone} aria-current={index === step ? "step" : undefined} onClick={() => onGo(index)} className={cn("flex items-center gap-2 rounded-full py-1 pr-3 pl-1 text-sm disabled:cursor-default", index === step ? "bg-accent-soft font-medium" : "text-quiet", isDone && "hover:bg-sunken")}>
        <span className={cn("grid size-6 place-items-center rounded-full text-xs tabular", index <= step ? "bg-accent text-on-accent" : "bg-sunken")}>{isDone ? <Check size={14} aria-hidden /> : index + 1}</span>
        {STEPS[index]}
      </button>
    </li>
  );
}

/** Brings a collection in: where it comes from, the file, and how careful to be. */
export function ImportWizardPage() {
  const navigate = useNavigate();
  const sources = useQuery(sourcesOptions);
  const libraries = useQuery(librariesOptions);
  const [step, setStep] = useState(0);
  const [source, setSource] = useState("auto");
  const [payload, setPayload] = useState<Payload>({ file: null, text: "" });
  const [chosenLibrary, setLibrary] = useState("");
  const [mode, setMode] = useState<Mode>("add");
  const [isDryRun, setDryRun] = useState(false);
  const [sent, setSent] = useState(0);
  const open = libraries.data?.filter((library) => !library.archived_at) ?? [];
  const library = chosenLibrary || (open.find((each) => each.is_default) ?? open[0])?.slug;
  const known = sources.data?.find((each) => each.name === source);
  const hasPayload = payload.file !== null || payload.text.trim() !== "";
  const start = useAction({
    inline: true,
    run: () => sendImport({ ...(payload.file ? { file: payload.file } : { text: payload.text }), source, mode, dry_run: isDryRun, ...(library ? { library } : {}) }, setSent),
    touches: ["exchange"],
    onDone: ({ id }) => void navigate({ to: "/imports/$importId", params: { importId: id } }),
  });
  const bodies: readonly ReactNode[] = [
    sources.isError ? <ErrorNote key="error" error={sources.error} onRetry={() => void sources.refetch()} />
      : sources.data ? <SourceStep key="source" sources={sources.data} value={source} onChange={setSource} /> : <SkeletonRows key="wait" className="h-16" />,
    <div key="file" className="flex flex-col gap-4">
      <FileStep payload={payload} onChange={setPayload} extensions={known?.extensions ?? []} />
      {known?.template_url ? (
        <div><Button size="s" look="quiet" icon={<Download size={14} aria-hidden />} onClick={() => { download(known.template_url ?? "", "mediatheque-template.csv").catch((error: unknown) => notifyError(messageOf(error))); }}>Download the template</Button></div>
      ) : null}
    </div>,
    <div key="how" className="flex flex-col gap-6">
      {open.length > 1 ? <Field label="Copies go to" className="max-w-sm"><Select value={library ?? ""} options={open.map(({ slug, name }) => ({ value: slug, label: name }))} onValue={setLibrary} /></Field> : null}
      <RadioCards label="What to do with works that are there already" value={mode} onChange={setMode} options={(Object.keys(MODES) as Mode[]).map((value) => ({ value, ...MODES[value] }))} className="sm:grid-cols-3" />
      <Switch label="Dry run" hint="Shows what would happen, row by row, and changes nothing." checked={isDryRun} onChange={setDryRun} />
    </div>,
  ];
  const isLast = step === STEPS.length - 1;
  const isReady = step === 0 ? true : hasPayload;
  return (
    <Page title="Import a collection" width="text" summary="Nothing is lost: an import can be paused, resumed and undone as a whole.">
      <ol aria-label="Steps" className="flex flex-wrap gap-1">{STEPS.map((name, index) => <StepMark key={name} index={index} step={step} onGo={setStep} />)}</ol>
      <form className="flex flex-col gap-6" onSubmit={(event) => { event.preventDefault(); if (isLast) start.mutate(); else setStep(step + 1); }}>
        {bodies[step]}
        <FormError error={start.error} />
        {start.isPending && payload.file ? (
          <div className="flex items-center gap-4" role="status">
            <div className="flex-1"><Progress value={sent} label="Sent to the server" /></div>
            <span className="text-quiet tabular">{sent < 1 ? `${Math.floor(sent * 100)} % sent` : "The server reads the file"}</span>
          </div>
        ) : null}
        <div className="flex justify-between gap-2">
          {step > 0 ? <Button onClick={() => setStep(step - 1)}>Back</Button> : <span />}
          <Button look="primary" type="submit" disabled={!isReady} busy={start.isPending}>{isLast ? (isDryRun ? "Start the dry run" : "Start the import") : "Next"}</Button>
        </div>
      </form>
    </Page>
  );
}
