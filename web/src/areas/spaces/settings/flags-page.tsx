import { useQuery } from "@tanstack/react-query";
import { type FlagRead, spacesSetFlag } from "@/api";
import { flagName } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { FlagRow } from "@/ui/flag-row";
import { Card, Section } from "@/ui/page";
import { ErrorNote, SkeletonRows } from "@/ui/states";
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
  const set = useAction({ run: (enabled: boolean | null) => spacesSetFlag({ path: { flag: flag.name }, body: { enabled } }), touches: ["spaces", "audit"], done: `${flagName(flag.name)}: saved` });
  const otherwise = `As in the house: ${flag.house ?? flag.default ? "on" : "off"}`;
  return <FlagRow flag={flag} where="in this space" chosen={flag.space} otherwise={otherwise} disabled={!mayEdit || set.isPending} onChoose={set.mutate} />;
}
