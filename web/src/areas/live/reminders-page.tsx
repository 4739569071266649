import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bell, BellOff } from "lucide-react";
import { liveRemoveReminder, type ReminderRead } from "@/api";
import { formatDateTime, plural } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Card, Page } from "@/ui/page";
import { Badge, Empty, ErrorNote, SkeletonRows } from "@/ui/states";
import { remindersOptions } from "./data";

const STATES: Partial<Record<ReminderRead["state"], string>> = { sent: "You were told", gone: "No longer shown", missed: "Missed" };

export function RemindersPage() {
  const found = useQuery(remindersOptions);
  const remove = useAction({ run: async (id: string) => { await liveRemoveReminder({ path: { reminder_id: id } }); }, touches: ["live"], done: "No reminder any more" });
  return (
    <Page title="Reminders" width="text" summary={found.data ? plural(found.data.length, "programme") : " "}>
      {found.isPending ? <SkeletonRows /> : null}
      {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.length === 0 ? <Empty icon={<Bell size={22} aria-hidden />} title="No reminders">Open a programme in the guide and choose “Remind me”.</Empty> : null}
      {found.data && found.data.length > 0 ? (
        <Card>
          <ul className="divide-y divide-line">
            {found.data.map((one) => (
              <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
                <div className="min-w-0 flex-1 basis-44">
                  {one.programme_id ? <Link to="/guide" search={{ programme: one.programme_id, at: one.start_at }} className="font-medium hover:underline">{one.title}</Link> : <span className="font-medium">{one.title}</span>}
                  <p className="text-quiet tabular">{one.channel_name} · {formatDateTime(one.start_at)} · {one.minutes_before} min before</p>
                </div>
                {STATES[one.state] ? <Badge tone={one.state === "gone" ? "danger" : "plain"}>{STATES[one.state]}</Badge> : null}
                <Button size="s" icon={<BellOff size={14} aria-hidden />} busy={remove.isPending && remove.variables === one.id} onClick={() => remove.mutate(one.id)}>Remove</Button>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </Page>
  );
}
