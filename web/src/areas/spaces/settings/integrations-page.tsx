import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type IntegrationRead, spacesCheckIntegration } from "@/api";
import { formatAgo } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { integrationsOptions } from "./data";
import { IntegrationDialog } from "./integration-dialog";

const STATES = { off: { label: "Not set up", tone: "plain" }, set: { label: "Set up", tone: "positive" }, broken: { label: "Broken", tone: "danger" } } as const;

export function IntegrationsPage() {
  const integrations = useQuery(integrationsOptions);
  const [open, setOpen] = useState<IntegrationRead | null>(null);
  return (
    <Section title="Integrations">
      <p className="text-quiet">Other services that this space uses. Their secrets are kept encrypted and shown to nobody.</p>
      {integrations.isPending ? <SkeletonRows count={5} className="h-16" /> : null}
      {integrations.isError ? <ErrorNote error={integrations.error} onRetry={() => void integrations.refetch()} /> : null}
      {integrations.data ? <Card><ul className="divide-y divide-line">{integrations.data.map((each) => <Row key={each.name} integration={each} onOpen={() => setOpen(each)} />)}</ul></Card> : null}
      {open ? <IntegrationDialog integration={open} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}

function Row({ integration, onOpen }: { integration: IntegrationRead; onOpen: () => void }) {
  const check = useAction({ run: async () => (await spacesCheckIntegration({ path: { integration: integration.name } })).data, touches: ["spaces"] });
  const state = STATES[integration.state];
  const broken = integration.fields.find((field) => field.problem)?.problem;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex items-center gap-2 font-medium">{integration.label}<Badge tone={state.tone}>{state.label}</Badge></p>
        <p className="text-xs text-quiet">{integration.description}</p>
        {broken ? <p className="text-xs text-danger">{broken}</p> : null}
        {integration.check ? <p className={integration.check.state === "works" ? "text-xs text-positive" : "text-xs text-danger"}>{integration.check.message} <span className="text-quiet">({formatAgo(integration.check.checked_at)})</span></p> : null}
      </div>
      {integration.can_check && integration.state === "set" ? <Button size="s" busy={check.isPending} onClick={() => check.mutate()}>Check</Button> : null}
      <Button size="s" aria-label={`Set up ${integration.label}`} onClick={onOpen}>{integration.state === "off" ? "Set up" : "Change"}</Button>
    </li>
  );
}
