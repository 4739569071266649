import { useState } from "react";
import { type IntegrationField, type IntegrationRead, spacesRemoveIntegration, spacesSetIntegration } from "@/api";
import { fieldError } from "@/lib/errors";
import { humanise } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { ConfirmButton, FormDialog } from "@/ui/dialog";
import { Field, Input, Select } from "@/ui/field";
import { FormError } from "@/ui/states";

/** A secret that is set is never shown; left empty, it stays. */
export function IntegrationDialog({ integration, onClose }: { integration: IntegrationRead; onClose: () => void }) {
  const [draft, setDraft] = useState<Record<string, string>>(() => Object.fromEntries(integration.fields.map((field) => [field.name, field.kind === "secret" ? "" : String(field.value ?? "")])));
  const path = { integration: integration.name };
  const values = (): Record<string, string | number | null> => Object.fromEntries(integration.fields.flatMap((field) => {
    const text = (draft[field.name] ?? "").trim();
    if (field.kind === "secret" && text === "") return [];
    return [[field.name, text === "" ? null : field.kind === "number" ? Number(text) : text] as const];
  }));
  const save = useAction({ inline: true, run: () => spacesSetIntegration({ path, body: { values: values() } }), touches: ["spaces", "audit"], done: `${integration.label} is set up`, onDone: onClose });
  const remove = useAction({ run: () => spacesRemoveIntegration({ path }), touches: ["spaces", "audit"], done: `${integration.label} is removed`, onDone: onClose });
  const named = integration.fields.some((field) => fieldError(save.error, field.name));
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={integration.label} description={integration.description} submit="Save" busy={save.isPending} onSubmit={() => save.mutate()}>
      {named ? null : <FormError error={save.error} />}
      {integration.fields.map((field) => <Control key={field.name} field={field} value={draft[field.name] ?? ""} error={fieldError(save.error, field.name) ?? field.problem ?? undefined} onChange={(value) => setDraft({ ...draft, [field.name]: value })} />)}
      {integration.state === "off" ? null : <ConfirmButton title={`Remove ${integration.label}?`} confirm="Remove" onConfirm={() => remove.mutate()} button={(ask) => <div><Button look="quiet" size="s" className="-ml-3 text-danger" busy={remove.isPending} onClick={ask}>Remove it</Button></div>}>Its settings and secrets are deleted.</ConfirmButton>}
    </FormDialog>
  );
}

function Control({ field, value, error, onChange }: { field: IntegrationField; value: string; error: string | undefined; onChange: (value: string) => void }) {
  const label = humanise(field.name);
  if (field.kind === "choice") return <Field label={label} hint={field.description} error={error}><Select value={value} blank="not chosen" options={field.choices.map((each) => ({ value: each, label: humanise(each) }))} onValue={onChange} /></Field>;
  const isSecret = field.kind === "secret";
  return (
    <Field label={label} hint={field.description} error={error} optional={!field.is_required}>
      <Input
        type={isSecret ? "password" : field.kind === "number" ? "number" : field.kind === "url" ? "url" : "text"}
        autoComplete="off"
        required={field.is_required && !(isSecret && field.is_set)}
        placeholder={isSecret && field.is_set ? `set${field.last_four ? `, ends in ${field.last_four}` : ""}; empty leaves it` : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
