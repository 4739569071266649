import { type Days, daysProblem, inWords, LONGEST } from "@/lib/keeping";
import { Field, Input, Select } from "./field";

interface KeepFieldProps {
  /** What is kept: "Programmes that were on". */
  label: string;
  hint: string;
  days: Days;
  onDays: (days: Days) => void;
  /** What stands there when somebody begins to limit it. */
  usual: number;
  least?: number;
}

/** For how long something is kept: always, or a number of days. */
export function KeepField({ label, hint, days, onDays, usual, least = 1 }: KeepFieldProps) {
  const problem = daysProblem(days, least);
  const words = inWords(days);
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{label}</p>
        <p className="text-xs text-quiet">{hint}</p>
      </div>
      <div className="flex w-full gap-3 sm:w-72">
        <Field label="Keep" className="min-w-0 flex-1">
          <Select value={days === null ? "always" : "days"} options={[{ value: "always", label: "Always" }, { value: "days", label: "For some days" }]} onValue={(value) => onDays(value === "always" ? null : String(usual))} />
        </Field>
        {days === null ? null : (
          <Field label="Days" className="w-28" error={problem} hint={words}>
            <Input type="number" inputMode="numeric" min={least} max={LONGEST} required value={days} onChange={(event) => onDays(event.target.value)} />
          </Field>
        )}
      </div>
    </div>
  );
}
