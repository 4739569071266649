import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type RoleRead, spacesCreateRole, spacesDeleteRole, spacesUpdateRole } from "@/api";
import { fieldError } from "@/lib/errors";
import { labelOf, ROLES } from "@/lib/labels";
import { permissionWords } from "@/lib/permissions";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { ConfirmButton, Dialog } from "@/ui/dialog";
import { Field, Input, Select } from "@/ui/field";
import { FormError } from "@/ui/states";
import { permissionsOptions } from "./data";

interface RoleDialogProps {
  role: RoleRead | null;
  roles: readonly RoleRead[];
  mayManage: boolean;
  onClose: () => void;
}

/** A role's permissions. What it inherits is ticked and fixed; nothing is changed before Save. */
export function RoleDialog({ role, roles, mayManage, onClose }: RoleDialogProps) {
  const permissions = useQuery(permissionsOptions);
  const [draft, setDraft] = useState({ name: role?.name ?? "", description: role?.description ?? "", base: role?.extends[0] ?? (role ? "" : "viewer"), own: new Set(role?.permissions ?? []) });
  const [replacement, setReplacement] = useState("viewer");
  const isFixed = !mayManage || (role?.is_built_in ?? false);
  const inherited = new Set(isFixed ? (role?.effective ?? []) : (roles.find(({ slug }) => slug === draft.base)?.effective ?? []));
  const body = { name: draft.name.trim(), description: draft.description.trim(), extends: draft.base ? [draft.base] : [], permissions: [...draft.own].filter((each) => !inherited.has(each)) };
  const save = useAction({
    inline: true,
    run: async (): Promise<unknown> => (role ? spacesUpdateRole({ path: { role_id: role.id ?? "" }, body }) : spacesCreateRole({ body })),
    touches: ["spaces"],
    done: "The role is saved",
    onDone: onClose,
  });
  const remove = useAction({ run: () => spacesDeleteRole({ path: { role_id: role?.id ?? "" }, query: role && role.members > 0 ? { replacement } : {} }), touches: ["spaces"], done: "The role is deleted", onDone: onClose });
  const set = (name: string, on: boolean): void => {
    const own = new Set(draft.own);
    if (on) own.add(name);
    else own.delete(name);
    setDraft({ ...draft, own });
  };
  const others = roles.filter(({ slug }) => slug !== role?.slug && slug !== "owner").map(({ slug, name }) => ({ value: slug, label: labelOf(ROLES, name) }));
  const nameError = fieldError(save.error, "name");
  return (
    <Dialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      size="l"
      title={role ? labelOf(ROLES, role.name) : "New role"}
      {...(role?.is_built_in ? { description: "A built-in role; extend it to change something." } : {})}
      footer={isFixed ? <Button onClick={onClose}>Close</Button> : (
        <>
          {role ? (
            <ConfirmButton title={`Delete “${role.name}”?`} confirm="Delete" onConfirm={() => remove.mutate()} button={(ask) => <Button look="quiet" className="mr-auto text-danger" busy={remove.isPending} onClick={ask}>Delete</Button>}>
              {role.members > 0 ? <Field label="Its members become"><Select value={replacement} options={others} onValue={setReplacement} /></Field> : "Nobody has it."}
            </ConfirmButton>
          ) : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={save.isPending} disabled={draft.name.trim() === ""} onClick={() => save.mutate()}>Save</Button>
        </>
      )}
    >
      <div className="flex flex-col gap-4">
        {nameError ? null : <FormError error={save.error} />}
        {isFixed ? null : (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Name" error={nameError}><Input autoFocus value={draft.name} maxLength={60} onChange={(event) => setDraft({ ...draft, name: event.target.value })} /></Field>
            <Field label="Extends" hint="It may do all that this role may, also later"><Select value={draft.base} blank="no other role" options={others} onValue={(base) => setDraft({ ...draft, base })} /></Field>
            <Field label="What it is for" optional className="sm:col-span-2"><Input value={draft.description} maxLength={200} onChange={(event) => setDraft({ ...draft, description: event.target.value })} /></Field>
          </div>
        )}
        <fieldset className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          <legend className="mb-2 text-xs font-medium text-quiet">It may</legend>
          {permissions.data?.map(({ name }) => (
            <Checkbox key={name} label={<span title={name}>{permissionWords(name)}</span>} checked={inherited.has(name) || draft.own.has(name)} disabled={isFixed || inherited.has(name)} onChange={(on) => set(name, on)} />
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}
