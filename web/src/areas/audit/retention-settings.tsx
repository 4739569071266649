import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { auditSetRetention, type RetentionRead } from "@/api";
import { daysProblem, fromDays, toDays } from "@/lib/keeping";
import { useAction } from "@/lib/queries";
import { KeepField } from "@/ui/keep-field";
import { SettingsForm } from "@/ui/settings-form";
import { ErrorNote, SkeletonRows } from "@/ui/states";
import { retentionOptions } from "./data";

const USUAL = 730;

/** How long the journal of the space is kept. */
export function RetentionSettings() {
  const retention = useQuery(retentionOptions);
  if (retention.isPending) return <SkeletonRows count={1} className="h-40" />;
  if (retention.isError) return <ErrorNote error={retention.error} onRetry={() => void retention.refetch()} />;
  return <RetentionForm retention={retention.data} />;
}

function RetentionForm({ retention }: { retention: RetentionRead }) {
  const least = retention.shortest_days ?? 1;
  const [days, setDays] = useState(toDays(retention.keep_days));
  const save = useAction({ inline: true, run: () => auditSetRetention({ body: { keep_days: fromDays(days) } }), touches: ["audit"], done: "How long the journal is kept is saved" });
  return (
    <SettingsForm title="Journal" save={save} isDirty={days !== toDays(retention.keep_days)} isValid={!daysProblem(days, least)}>
      <KeepField label="Who did, or tried, what" usual={USUAL} least={least} days={days} onDays={setDays}
        hint={`The entries of Activity and Audit. Each night what is older is removed for good, and the removal itself is written down. Without a choice: always. At least ${least} days.`} />
    </SettingsForm>
  );
}
