import { RetentionSettings } from "@/areas/audit/retention-settings";
import { ScheduleRetentionSettings } from "@/areas/live/retention-settings";
import { useCan } from "@/lib/session";

/** How long the space keeps what it writes down by itself. */
export function KeepingPage() {
  const can = useCan();
  return (
    <>
      <p className="-mb-6 text-quiet">How long the space keeps what comes by itself. Works, copies, loans and notes are never removed by time.</p>
      {can("audit.retention.edit") ? <RetentionSettings /> : null}
      {can("live.channel.manage") ? <ScheduleRetentionSettings /> : null}
    </>
  );
}
