import { fieldError } from "@/lib/errors";
import { ToggleChip } from "@/ui/chip";
import { Field, Input, Select } from "@/ui/field";
import { buildRule, DAYS, type Recurrence, WEEKDAYS, type Weekday, weekdayOf } from "./recurrence";

const EVERY = [
  { value: "day", label: "Every day" }, { value: "week", label: "Every week" }, { value: "month", label: "Every month, a weekday" },
  { value: "monthday", label: "Every month, a date" }, { value: "custom", label: "By a rule (RRULE)" },
] as const;
const NTH = [{ value: "1", label: "first" }, { value: "2", label: "second" }, { value: "3", label: "third" }, { value: "4", label: "fourth" }, { value: "-1", label: "last" }];
const UNITS = { day: "days", week: "weeks", month: "months", monthday: "months" } as const;

interface RecurrenceProps {
  said: Recurrence;
  startsOn: string;
  untilOn: string | null;
  error: unknown;
  onChange: (said: Recurrence) => void;
  onUntil: (day: string | null) => void;
}

/** How often it recurs and how long, in words; the rule itself for what words cannot say. */
export function RecurrenceFields({ said, startsOn, untilOn, error, onChange, onUntil }: RecurrenceProps) {
  const set = (change: Partial<Recurrence>): void => onChange({ ...said, ...change });
  const toggle = (day: Weekday): void => {
    const days = DAYS.filter((one) => (one === day ? !said.days.includes(day) : said.days.includes(one)));
    if (days.length > 0) set({ days });
  };
  const every = (value: string): void => {
    const next = value as Recurrence["every"];
    const first = weekdayOf(startsOn);
    set({ every: next, raw: buildRule(said), days: said.days.length > 0 && next !== "month" ? said.days : [first], nth: next === "monthday" ? Number(startsOn.slice(8)) : 1 });
  };
  const ends = untilOn !== null ? "until" : said.count !== null ? "count" : "never";
  const end = (kind: string): void => {
    onUntil(kind === "until" ? (untilOn ?? startsOn) : null);
    set({ count: kind === "count" ? (said.count ?? 10) : null });
  };
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border border-line p-4">
      <legend className="px-1 text-xs font-medium text-quiet">Repeats</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="How often" error={said.every === "custom" ? undefined : fieldError(error, "rrule")}><Select value={said.every} options={EVERY} onValue={every} /></Field>
        {said.every === "custom" ? null : (
          <Field label={`Every how many ${UNITS[said.every]}`}><Input type="number" min={1} max={1000} required value={said.interval} onChange={(event) => set({ interval: Math.max(1, Number(event.target.value)) })} /></Field>
        )}
      </div>
      {said.every === "week" ? (
        <div role="group" aria-label="Days of the week" className="flex flex-wrap gap-1.5">
          {DAYS.map((day) => <ToggleChip key={day} on={said.days.includes(day)} onClick={() => toggle(day)}><span aria-hidden>{WEEKDAYS[day].slice(0, 3)}</span><span className="sr-only">{WEEKDAYS[day]}</span></ToggleChip>)}
        </div>
      ) : null}
      {said.every === "month" ? (
        <div className="grid grid-cols-2 gap-3">
          <Field label="Which"><Select value={String(said.nth)} options={NTH} onValue={(value) => set({ nth: Number(value) })} /></Field>
          <Field label="Weekday"><Select value={said.days[0] ?? "MO"} options={DAYS.map((value) => ({ value, label: WEEKDAYS[value] }))} onValue={(value) => set({ days: [value as Weekday] })} /></Field>
        </div>
      ) : null}
      {said.every === "monthday" ? <Field label="Day of the month" hint={said.nth > 28 ? "Months without this day are left out." : undefined}><Input type="number" min={1} max={31} required value={said.nth} onChange={(event) => set({ nth: Math.min(31, Math.max(1, Number(event.target.value))) })} /></Field> : null}
      {said.every === "custom" ? (
        <Field label="Rule" hint="As in calendars (RFC 5545): FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24. Days only: the time is above." error={fieldError(error, "rrule")}>
          <Input required value={said.raw} spellCheck={false} onChange={(event) => set({ raw: event.target.value })} />
        </Field>
      ) : null}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Ends"><Select value={ends} onValue={end} options={[{ value: "never", label: "Never" }, { value: "until", label: "On a day" }, ...(said.every === "custom" ? [] : [{ value: "count", label: "After so many times" }])]} /></Field>
        {ends === "until" ? <Field label="Last day" error={fieldError(error, "until_on")}><Input type="date" required min={startsOn} value={untilOn ?? ""} onChange={(event) => onUntil(event.target.value || startsOn)} /></Field> : null}
        {ends === "count" ? <Field label="How many times"><Input type="number" min={1} max={1000} required value={said.count ?? 1} onChange={(event) => set({ count: Math.max(1, Number(event.target.value)) })} /></Field> : null}
      </div>
    </fieldset>
  );
}
