import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FlagRead, spacesSetHouseFlag } from "@/api";
import { asAdmin } from "@/lib/admin";
import { flagName } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { Select } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { houseFlagsOptions, refreshAdmin } from "./admin-data";
import { AdminGate } from "./admin-gate";

/** What all spaces use that did not choose for themselves. */
export function HouseFeaturesPage() {
  return (
    <Section title="Features of the house">
      <p className="text-quiet">What holds in every space that did not choose otherwise in its own settings.</p>
      <AdminGate needs="spaces.flag.edit_default">{() => <Features />}</AdminGate>
    </Section>
  );
}

function Features() {
  const flags = useQuery(houseFlagsOptions);
  if (flags.isPending) return <SkeletonRows count={4} className="h-16" />;
  if (flags.isError) return <ErrorNote error={flags.error} onRetry={() => void flags.refetch()} />;
  return <Card><ul className="divide-y divide-line">{flags.data.map((flag) => <Row key={flag.name} flag={flag} />)}</ul></Card>;
}

function Row({ flag }: { flag: FlagRead }) {
  const client = useQueryClient();
  const name = flagName(flag.name);
  const set = useAction({
    run: (enabled: boolean | null) => asAdmin(spacesSetHouseFlag({ path: { flag: flag.name }, body: { enabled } })),
    touches: ["spaces"],
    done: `${name}: saved for the house`,
    onDone: () => refreshAdmin(client),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex items-center gap-2 font-medium">{name}<Badge tone={flag.is_on ? "positive" : "plain"}>{flag.is_on ? "On" : "Off"}</Badge></p>
        <p className="text-xs text-quiet">{flag.description}</p>
      </div>
      <Select
        aria-label={`${name} in the house`}
        className="w-52"
        disabled={set.isPending}
        value={flag.house === null ? "" : String(flag.house)}
        blank={`As it comes: ${flag.default ? "on" : "off"}`}
        options={[{ value: "true", label: "On" }, { value: "false", label: "Off" }]}
        onValue={(value) => set.mutate(value === "" ? null : value === "true")}
      />
    </li>
  );
}
