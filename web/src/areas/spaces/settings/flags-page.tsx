import { useQuery } from "@tanstack/react-query";
import { type FlagRead, spacesSetFlag } from "@/api";
import { flagName } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { Select } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { flagsOptions } from "./data";

export function FlagsPage() {
  const flags = useQuery(flagsOptions);
  return (
    <Section title="Features">
      <p className="text-quiet">What this space uses of the house. Each change stands in the audit.</p>
      {flags.isPending ? <SkeletonRows count={3} className="h-16" /> : null}
      {flags.isError ? <ErrorNote error={flags.error} onRetry={() => void flags.refetch()} /> : null}
      {flags.data ? <Card><ul className="divide-y divide-line">{flags.data.map((flag) => <Row key={flag.name} flag={flag} />)}</ul></Card> : null}
    </Section>
  );
}

function Row({ flag }: { flag: FlagRead }) {
  const mayEdit = useCan()("spaces.flag.edit");
  const name = flagName(flag.name);
  const set = useAction({ run: (enabled: boolean | null) => spacesSetFlag({ path: { flag: flag.name }, body: { enabled } }), touches: ["spaces", "audit"], done: `${name}: saved` });
  const house = flag.house ?? flag.default;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex items-center gap-2 font-medium">{name}<Badge tone={flag.is_on ? "positive" : "plain"}>{flag.is_on ? "On" : "Off"}</Badge></p>
        <p className="text-xs text-quiet">{flag.description}</p>
      </div>
      <Select
        aria-label={`${name} in this space`}
        className="w-48"
        disabled={!mayEdit || set.isPending}
        value={flag.space === null || flag.space === undefined ? "" : String(flag.space)}
        blank={`As in the house: ${house ? "on" : "off"}`}
        options={[{ value: "true", label: "On" }, { value: "false", label: "Off" }]}
        onValue={(value) => set.mutate(value === "" ? null : value === "true")}
      />
    </li>
  );
}
