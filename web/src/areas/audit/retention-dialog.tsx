import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { auditSetRetention, type RetentionRead } from "@/api";
import { useAction } from "@/lib/queries";
import { FormDialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { ErrorNote, FormError, SkeletonRows } from "@/ui/states";
import { Switch } from "@/ui/switch";
import { retentionOptions } from "./data";

export function RetentionDialog({ onClose }: { onClose: () => void }) {
  const retention = useQuery(retentionOptions);
  if (retention.data) return <RetentionForm retention={retention.data} onClose={onClose} />;
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="How long it is kept" submit="Save" disabled onSubmit={onClose}>
      {retention.isError ? <ErrorNote error={retention.error} onRetry={() => void retention.refetch()} /> : <SkeletonRows count={2} />}
    </FormDialog>
  );
}

function RetentionForm({ retention, onClose }: { retention: RetentionRead; onClose: () => void }) {
  const shortest = retention.shortest_days ?? 1;
  const [isLimited, setLimited] = useState(retention.keep_days !== null);
  const [days, setDays] = useState(String(retention.keep_days ?? 730));
  const save = useAction({ inline: true, run: () => auditSetRetention({ body: { keep_days: isLimited ? Number(days) : null } }), touches: ["audit"], done: "Saved", onDone: onClose });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="How long it is kept" description="What is older is removed for good, and the removal itself is written down." submit="Save" busy={save.isPending} onSubmit={() => save.mutate()}>
      <FormError error={save.error} />
      <Switch label="Remove old entries" checked={isLimited} onChange={setLimited} />
      {isLimited ? <Field label="Days" hint={`At least ${shortest}`}><Input type="number" min={shortest} required value={days} onChange={(event) => setDays(event.target.value)} className="w-32" /></Field> : null}
    </FormDialog>
  );
}
