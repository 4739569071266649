import { useState } from "react";
import { type HouseSpaceRead, spacesProvisionSpace, spacesSetQuotas } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { FormDialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { FormError } from "@/ui/states";
import { type LimitDraft, limitDraft, limitsOf } from "./limits";

const FIELDS = [["members", "Members", 1], ["titles", "Works", 1], ["storage", "Storage in GB", 0.1]] as const;

function Limits({ draft, onChange, error }: { draft: LimitDraft; onChange: (draft: LimitDraft) => void; error: unknown }) {
  return (
    <fieldset>
      <legend className="mb-2 font-medium">At most <span className="font-normal text-quiet">(empty: no limit)</span></legend>
      <div className="grid grid-cols-3 items-end gap-3">
        {FIELDS.map(([name, label, step]) => (
          <Field key={name} label={label} error={fieldError(error, name)}><Input type="number" min={0} step={step} value={draft[name]} onChange={(event) => onChange({ ...draft, [name]: event.target.value })} /></Field>
        ))}
      </div>
    </fieldset>
  );
}

const isNamed = (error: unknown): boolean => ["name", "owner_email", "members", "titles", "storage"].some((field) => fieldError(error, field));

/** How much a space may hold. What is in it already stays, even above a new limit. */
export function QuotaDialog({ space, onClose }: { space: HouseSpaceRead; onClose: () => void }) {
  const [draft, setDraft] = useState(limitDraft(space.limits));
  const save = useAction({ inline: true, run: () => spacesSetQuotas({ path: { slug: space.slug }, body: limitsOf(draft) }), touches: ["spaces"], done: `The limits of “${space.name}” are saved`, onDone: onClose });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={`Limits of “${space.name}”`} description="What is in it already stays, even above a limit; nothing more comes in." submit="Save" busy={save.isPending} onSubmit={() => save.mutate()}>
      {isNamed(save.error) ? null : <FormError error={save.error} />}
      <Limits draft={draft} onChange={setDraft} error={save.error} />
    </FormDialog>
  );
}

/** Makes a space that somebody else owns. Whoever makes it is no member. */
export function ProvisionDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [limits, setLimits] = useState(limitDraft());
  const make = useAction({
    inline: true,
    run: async () => (await spacesProvisionSpace({ body: { name: name.trim(), owner_email: email.trim(), quotas: limitsOf(limits) } })).data,
    touches: ["spaces"],
    done: (space) => `“${space.name}” is open; its owner finds it at the next sign-in`,
    onDone: onClose,
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Space for somebody" description="They own it. You are no member of it, and see nothing of what is in it." submit="Open the space" busy={make.isPending} disabled={name.trim() === "" || email.trim() === ""} onSubmit={() => make.mutate()}>
      {isNamed(make.error) ? null : <FormError error={make.error} />}
      <Field label="Name" error={fieldError(make.error, "name")}><Input autoFocus value={name} placeholder="Film club" onChange={(event) => setName(event.target.value)} /></Field>
      <Field label="E-mail of its owner" hint="Of an account that this house has" error={fieldError(make.error, "owner_email")}><Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} /></Field>
      <Limits draft={limits} onChange={setLimits} error={make.error} />
    </FormDialog>
  );
}
