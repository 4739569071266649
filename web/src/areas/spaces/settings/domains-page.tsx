import { useQuery } from "@tanstack/react-query";
import { Globe } from "lucide-react";
import { useState } from "react";
import { type DomainRead, spacesAddDomain, spacesRemoveDomain, spacesVerifyDomain } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { Button } from "@/ui/button";
import { CopyText } from "@/ui/copy-text";
import { ConfirmButton } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { Badge, Empty, ErrorNote, FormError, SkeletonRows } from "@/ui/states";
import { domainsOptions } from "./data";

export function DomainsPage() {
  const mayEdit = useCan()("spaces.space.edit");
  const domains = useQuery(domainsOptions);
  const [host, setHost] = useState("");
  const add = useAction({ inline: true, run: () => spacesAddDomain({ body: { host: host.trim() } }), touches: ["spaces"], done: "The address is added; prove that it is yours", onDone: () => setHost("") });
  const hostError = fieldError(add.error, "host");
  return (
    <Section title="Addresses">
      <p className="text-quiet">Under an address of its own the space opens by itself, without being chosen.</p>
      {mayEdit ? (
        <form className="flex flex-wrap items-end gap-2" onSubmit={(event) => { event.preventDefault(); add.mutate(); }}>
          <Field label="New address" className="min-w-52 flex-1" error={hostError}><Input required placeholder="films.example.org" value={host} onChange={(event) => setHost(event.target.value)} /></Field>
          <Button type="submit" busy={add.isPending}>Add</Button>
        </form>
      ) : null}
      {hostError ? null : <FormError error={add.error} />}
      {domains.isPending ? <SkeletonRows count={2} /> : null}
      {domains.isError ? <ErrorNote error={domains.error} onRetry={() => void domains.refetch()} /> : null}
      {domains.data?.length === 0 ? <Empty icon={<Globe size={20} aria-hidden />} title="No addresses of its own">Point a name at this house, then add it here.</Empty> : null}
      {domains.data && domains.data.length > 0 ? <Card><ul className="divide-y divide-line">{domains.data.map((domain) => <Row key={domain.host} domain={domain} mayEdit={mayEdit} />)}</ul></Card> : null}
    </Section>
  );
}

function Row({ domain, mayEdit }: { domain: DomainRead; mayEdit: boolean }) {
  const path = { domain_id: domain.id ?? "" };
  const verify = useAction({ run: () => spacesVerifyDomain({ path }), touches: ["spaces"], done: `${domain.host} opens this space` });
  const remove = useAction({ run: () => spacesRemoveDomain({ path }), touches: ["spaces"], done: "The address is removed" });
  return (
    <li className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="flex min-w-0 flex-1 flex-wrap items-center gap-2 font-medium break-all">{domain.host}{domain.is_verified ? <Badge tone="positive">In use</Badge> : <Badge tone="warning">To be proven</Badge>}</p>
        {mayEdit && domain.id && !domain.is_verified ? <Button size="s" busy={verify.isPending} onClick={() => verify.mutate()}>Check it</Button> : null}
        {mayEdit && domain.id ? <ConfirmButton title={`Remove ${domain.host}?`} confirm="Remove" onConfirm={() => remove.mutate()} button={(ask) => <Button size="s" look="quiet" busy={remove.isPending} onClick={ask}>Remove</Button>}>The space is then reached by its other addresses only.</ConfirmButton> : null}
      </div>
      {!domain.is_verified && domain.proof ? <><p className="text-xs text-quiet">Let this address answer the line below{domain.proof_url ? <>: <code className="break-all">{domain.proof_url}</code></> : "."}</p><CopyText label={`Proof for ${domain.host}`} text={domain.proof} /></> : null}
    </li>
  );
}
