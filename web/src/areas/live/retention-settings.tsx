import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { liveReadScheduleRetention, liveSetScheduleRetention, type ScheduleRetentionRead } from "@/api";
import { daysProblem, fromDays, toDays } from "@/lib/keeping";
import { useAction } from "@/lib/queries";
import { KeepField } from "@/ui/keep-field";
import { SettingsForm } from "@/ui/settings-form";
import { ErrorNote, SkeletonRows } from "@/ui/states";

const PROGRAMME_DAYS = 30;
const REPORT_DAYS = 14;

const retentionOptions = queryOptions({
  queryKey: [{ _id: "liveReadScheduleRetention" }],
  queryFn: async ({ signal }) => (await liveReadScheduleRetention({ signal })).data,
});

/** How long the space keeps what was on, and what its guides and playlists reported. */
export function ScheduleRetentionSettings() {
  const retention = useQuery(retentionOptions);
  if (retention.isPending) return <SkeletonRows count={1} className="h-64" />;
  if (retention.isError) return <ErrorNote error={retention.error} onRetry={() => void retention.refetch()} />;
  return <RetentionForm retention={retention.data} />;
}

function RetentionForm({ retention }: { retention: ScheduleRetentionRead }) {
  const [programmes, setProgrammes] = useState(toDays(retention.programme_days));
  const [reports, setReports] = useState(toDays(retention.report_days));
  const save = useAction({
    inline: true,
    run: () => liveSetScheduleRetention({ body: { programme_days: fromDays(programmes), report_days: fromDays(reports) } }),
    touches: ["live", "audit"],
    done: "How long television is kept is saved",
  });
  const isDirty = programmes !== toDays(retention.programme_days) || reports !== toDays(retention.report_days);
  return (
    <SettingsForm title="Television" save={save} isDirty={isDirty} isValid={!daysProblem(programmes) && !daysProblem(reports)}>
      <KeepField label="Programmes that were on" usual={PROGRAMME_DAYS} days={programmes} onDays={setProgrammes}
        hint={`Counted from the end of each. Each night older ones leave the guide and the schedule. What somebody watched stays in their list. Without a choice: ${PROGRAMME_DAYS} days.`} />
      <KeepField label="Imports of guides and playlists" usual={REPORT_DAYS} days={reports} onDays={setReports}
        hint={`Their file and their report. Without them an import cannot be undone any more; the last one of each source always stays. Without a choice: ${REPORT_DAYS} days.`} />
    </SettingsForm>
  );
}
