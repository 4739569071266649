import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { accountsCreateApiKey, accountsListApiKeys, accountsRevokeApiKey, type ApiKeyRead, type Permission } from "@/api";
import { formatAgo, formatShortDate, today } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { useSpace } from "@/lib/session";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { CopyText } from "@/ui/copy-text";
import { ConfirmButton, Dialog, FormDialog } from "@/ui/dialog";
import { Field, Input, Select } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { Empty, ErrorNote, FormError, SkeletonRows } from "@/ui/states";

const EXPIRY = [{ value: "30", label: "in 30 days" }, { value: "90", label: "in 90 days" }, { value: "365", label: "in a year" }];

export function KeySettings() {
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const keys = useQuery({ queryKey: [{ _id: "accountsListApiKeys" }], queryFn: async ({ signal }) => (await accountsListApiKeys({ signal })).data.items });
  const add = <Button size="s" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>New key</Button>;
  return (
    <Section title="API keys" actions={keys.data && keys.data.length > 0 ? add : null}>
      <p className="text-quiet">A key lets a program of yours act as you, with the permissions you give it. It is sent as <code>Authorization: Bearer …</code></p>
      {keys.isPending ? <SkeletonRows count={2} /> : null}
      {keys.isError ? <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} /> : null}
      {keys.data?.length === 0 ? <Empty icon={<KeyRound size={20} aria-hidden />} title="No keys" actions={add}>Programs that read or fill this house need one.</Empty> : null}
      {keys.data && keys.data.length > 0 ? <Card><ul className="divide-y divide-line">{keys.data.map((key) => <Row key={key.id} apiKey={key} />)}</ul></Card> : null}
      {isAdding ? <NewKey onClose={() => setAdding(false)} onSecret={setSecret} /> : null}
      <Dialog open={secret !== null} onOpenChange={(open) => { if (!open) setSecret(null); }} title="Your new key" description="Copy it now: it is shown this once and stored only as a fingerprint." footer={<Button look="primary" onClick={() => setSecret(null)}>I have copied it</Button>}>
        <CopyText text={secret ?? ""} label="API key" />
      </Dialog>
    </Section>
  );
}

function Row({ apiKey }: { apiKey: ApiKeyRead }) {
  const revoke = useAction({ run: () => accountsRevokeApiKey({ path: { key_id: apiKey.id } }), touches: ["accounts"], done: "The key is revoked" });
  const facts = [
    `made ${formatShortDate(apiKey.created_at)}`,
    apiKey.last_used_at ? `last used ${formatAgo(apiKey.last_used_at)}` : "never used",
    apiKey.requests_per_minute ? `${apiKey.requests_per_minute} requests a minute` : null,
    apiKey.expires_at ? `ends ${formatShortDate(apiKey.expires_at)}` : "does not end",
  ];
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{apiKey.name} <code className="font-normal text-quiet">{apiKey.prefix}…</code></p>
        <p className="text-xs text-quiet">{facts.filter(Boolean).join(" · ")}</p>
        <p className="text-xs break-words text-quiet">{apiKey.scopes ? apiKey.scopes.join(", ") : "may do everything you may"}</p>
      </div>
      <ConfirmButton title={`Revoke “${apiKey.name}”?`} confirm="Revoke" onConfirm={() => revoke.mutate()} button={(ask) => <Button size="s" busy={revoke.isPending} onClick={ask}>Revoke</Button>}>
        Programs that use it stop working at once.
      </ConfirmButton>
    </li>
  );
}

function NewKey({ onClose, onSecret }: { onClose: () => void; onSecret: (secret: string) => void }) {
  const granted = ([...(useSpace()?.permissions ?? [])] as Permission[]).sort();
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [rate, setRate] = useState("");
  const [scopes, setScopes] = useState<ReadonlySet<Permission>>(() => new Set(granted.filter((each) => each.endsWith(".read"))));
  const create = useAction({
    inline: true,
    run: async () => (await accountsCreateApiKey({ body: { name: name.trim(), scopes: [...scopes], requests_per_minute: rate === "" ? null : Number(rate), expires_at: days ? `${today(Number(days))}T00:00:00Z` : null } })).data,
    touches: ["accounts"],
    onDone: (key) => { onClose(); onSecret(key.key); },
  });
  const set = (scope: Permission, on: boolean): void => {
    const next = new Set(scopes);
    if (on) next.add(scope);
    else next.delete(scope);
    setScopes(next);
  };
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="New API key" submit="Make the key" busy={create.isPending} disabled={name.trim() === "" || scopes.size === 0} onSubmit={() => create.mutate()}>
      <FormError error={create.error} />
      <Field label="What is it for?"><Input value={name} autoFocus onChange={(event) => setName(event.target.value)} placeholder="Backup script" /></Field>
      <Field label="It ends"><Select value={days} options={EXPIRY} blank="never" onValue={setDays} /></Field>
      <Field label="Requests a minute" optional hint="Empty: as many as you may send yourself"><Input type="number" min={1} max={100_000} inputMode="numeric" value={rate} onChange={(event) => setRate(event.target.value)} className="w-40" /></Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-xs font-medium text-quiet">It may</legend>
        {granted.map((scope) => <Checkbox key={scope} label={<code>{scope}</code>} checked={scopes.has(scope)} onChange={(on) => set(scope, on)} />)}
      </fieldset>
    </FormDialog>
  );
}
