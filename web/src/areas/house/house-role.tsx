import { useState } from "react";
import { accountsChangeInstanceRole, type PersonSummary } from "@/api";
import { asAdmin } from "@/lib/admin";
import { humanise } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Field, Select } from "@/ui/field";

type Role = NonNullable<PersonSummary["role"]>;

const HINTS: Record<Role | "", string> = {
  "": "They have no part in the administration.",
  owner: "Everything, and gives roles. Each owner can take the role from another.",
  operator: "All that an owner does for people and features, but nothing to owners, and no roles.",
  auditor: "Sees people and the audit of the house, changes nothing.",
};
const ROLES: readonly Role[] = ["auditor", "operator", "owner"];

interface HouseRoleProps {
  id: string;
  name: string;
  role: Role | null;
  onSaved: () => void;
}

/** Who administers, changed only with Save. */
export function HouseRole({ id, name, role, onSaved }: HouseRoleProps) {
  const [chosen, setChosen] = useState<Role | "">(role ?? "");
  const save = useAction({
    run: () => asAdmin(accountsChangeInstanceRole({ path: { user_id: id }, body: { role: chosen === "" ? null : chosen } })),
    touches: [],
    done: chosen === "" ? `${name} has no role in the house any more` : `${name} is now ${humanise(chosen).toLowerCase()} of the house`,
    onDone: onSaved,
  });
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Field label="Role in the house" hint={HINTS[chosen]}><Select value={chosen} blank="None" options={ROLES.map((value) => ({ value, label: humanise(value) }))} onValue={(value) => setChosen(value as Role | "")} /></Field>
      {chosen === (role ?? "") ? null : <div><Button look="primary" type="submit" busy={save.isPending}>Save the role</Button></div>}
    </form>
  );
}
