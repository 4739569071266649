import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { accountsAddPasskey, accountsAskNewPasskey, accountsRemovePasskey, accountsRenamePasskey, type PasskeyRead } from "@/api";
import { formatAgo, formatShortDate } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { canUsePasskeys, createPasskey } from "@/lib/webauthn";
import { Button } from "@/ui/button";
import { ConfirmButton, FormDialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { Card, Section } from "@/ui/page";
import { Empty, ErrorNote, FormError, SkeletonRows } from "@/ui/states";
import { deviceName } from "../device-name";
import { passkeysOptions } from "./data";

export function PasskeySettings() {
  const passkeys = useQuery(passkeysOptions);
  const [isAdding, setAdding] = useState(false);
  const add = canUsePasskeys() ? <Button size="s" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>Add a passkey</Button> : null;
  return (
    <Section title="Passkeys" actions={passkeys.data && passkeys.data.length > 0 ? add : null}>
      <p className="text-quiet">Sign in with your finger, face or the PIN of a device, without a password. A passkey cannot be phished and never leaves the device that keeps it.</p>
      {passkeys.isPending ? <SkeletonRows count={1} className="h-16" /> : null}
      {passkeys.isError ? <ErrorNote error={passkeys.error} onRetry={() => void passkeys.refetch()} /> : null}
      {passkeys.data?.length === 0 ? <Empty icon={<KeyRound size={20} aria-hidden />} title="No passkeys" actions={add}>{canUsePasskeys() ? "Add this device, or a security key that you plug in." : "This browser offers none: passkeys need HTTPS and a present browser."}</Empty> : null}
      {passkeys.data && passkeys.data.length > 0 ? <Card><ul className="divide-y divide-line">{passkeys.data.map((passkey) => <Row key={passkey.id} passkey={passkey} />)}</ul></Card> : null}
      {isAdding ? <AddPasskey onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}

function AddPasskey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState(() => deviceName(navigator.userAgent));
  const add = useAction({
    inline: true,
    run: async () => {
      const { data } = await accountsAskNewPasskey();
      const credential = await createPasskey(data.options);
      return credential ? (await accountsAddPasskey({ body: { challenge: data.challenge, name: name.trim(), credential } })).data : null;
    },
    touches: ["accounts"],
    done: (passkey) => (passkey ? "The passkey is added" : "No passkey was made"),
    onDone: (passkey) => { if (passkey) onClose(); },
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Add a passkey" description="Your browser then asks where to keep it." submit="Go on" busy={add.isPending} disabled={name.trim() === ""} onSubmit={() => add.mutate()}>
      <FormError error={add.error} />
      <Field label="Name" hint="By which you know the device again"><Input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} /></Field>
    </FormDialog>
  );
}

function Row({ passkey }: { passkey: PasskeyRead }) {
  const [isRenaming, setRenaming] = useState(false);
  const path = { passkey_id: passkey.id };
  const remove = useAction({ run: () => accountsRemovePasskey({ path }), touches: ["accounts"], done: "The passkey is removed" });
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <KeyRound size={18} className="text-quiet" aria-hidden />
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">{passkey.name}</p>
        <p className="text-xs text-quiet">{[`added ${formatShortDate(passkey.created_at)}`, passkey.last_used_at ? `last used ${formatAgo(passkey.last_used_at)}` : "never used"].join(" · ")}</p>
      </div>
      <Button size="s" look="quiet" onClick={() => setRenaming(true)}>Rename</Button>
      <ConfirmButton title={`Remove “${passkey.name}”?`} confirm="Remove" onConfirm={() => remove.mutate()} button={(ask) => <Button size="s" busy={remove.isPending} onClick={ask}>Remove</Button>}>
        It opens this house no more. The device may still offer it; delete it there too.
      </ConfirmButton>
      {isRenaming ? <Rename passkey={passkey} onClose={() => setRenaming(false)} /> : null}
    </li>
  );
}

function Rename({ passkey, onClose }: { passkey: PasskeyRead; onClose: () => void }) {
  const [name, setName] = useState(passkey.name);
  const save = useAction({ inline: true, run: () => accountsRenamePasskey({ path: { passkey_id: passkey.id }, body: { name: name.trim() } }), touches: ["accounts"], done: "The passkey has its new name", onDone: onClose });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Rename the passkey" submit="Save" busy={save.isPending} disabled={name.trim() === ""} onSubmit={() => save.mutate()}>
      <FormError error={save.error} />
      <Field label="Name"><Input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} /></Field>
    </FormDialog>
  );
}
