import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FlagRead, spacesSetHouseFlag } from "@/api";
import { asAdmin } from "@/lib/admin";
import { flagName } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { FlagRow } from "@/ui/flag-row";
import { Card, Section } from "@/ui/page";
import { ErrorNote, SkeletonRows } from "@/ui/states";
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
  const set = useAction({
    run: (enabled: boolean | null) => asAdmin(spacesSetHouseFlag({ path: { flag: flag.name }, body: { enabled } })),
    touches: ["spaces"],
    done: `${flagName(flag.name)}: saved for the house`,
    onDone: () => refreshAdmin(client),
  });
  return <FlagRow flag={flag} where="in the house" chosen={flag.house} otherwise={`As it comes: ${flag.default ? "on" : "off"}`} disabled={set.isPending} onChoose={set.mutate} />;
}
