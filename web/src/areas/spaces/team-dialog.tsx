import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { spacesCreateTeam, spacesDeleteTeam, spacesSetTeamMembers, spacesUpdateTeam, type TeamRead } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { ConfirmButton, FormDialog } from "@/ui/dialog";
import { Field, Input, Select } from "@/ui/field";
import { FormError } from "@/ui/states";
import { membersOptions, useRoles } from "./data";

export function TeamDialog({ team, onClose }: { team: TeamRead | null; onClose: () => void }) {
  const roles = useRoles();
  const members = useQuery(membersOptions);
  const [draft, setDraft] = useState({ name: team?.name ?? "", description: team?.description ?? "", role: team?.role ?? "" });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(team?.members.map((member) => member.member_id)));
  const save = useAction({
    inline: true,
    run: async () => {
      const body = { name: draft.name.trim(), description: draft.description.trim(), role: draft.role || null };
      const { id } = (team ? await spacesUpdateTeam({ path: { team_id: team.id }, body }) : await spacesCreateTeam({ body })).data;
      await spacesSetTeamMembers({ path: { team_id: id }, body: { members: [...chosen] } });
    },
    touches: ["spaces"],
    done: "The team is saved",
    onDone: onClose,
  });
  const remove = useAction({ run: () => spacesDeleteTeam({ path: { team_id: team?.id ?? "" } }), touches: ["spaces"], done: "The team is deleted", onDone: onClose });
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const nameError = fieldError(save.error, "name");
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={team ? team.name : "New team"} submit="Save" busy={save.isPending} disabled={draft.name.trim() === ""} onSubmit={() => save.mutate()}>
      {nameError ? null : <FormError error={save.error} />}
      <Field label="Name" error={nameError}><Input autoFocus={team === null} maxLength={60} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} /></Field>
      <Field label="What it is for" optional><Input maxLength={200} value={draft.description} onChange={(event) => setDraft({ ...draft, description: event.target.value })} /></Field>
      <Field label="Role of its members" hint={draft.role ? roles.hintOf(draft.role) : "Beside the role that each has"}><Select value={draft.role} blank="none of its own" options={roles.options.filter(({ value }) => value !== "owner")} onValue={(role) => setDraft({ ...draft, role })} /></Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-xs font-medium text-quiet">Members</legend>
        {members.data?.map((member) => <Checkbox key={member.id} label={member.name} checked={chosen.has(member.id)} onChange={(on) => toggle(member.id, on)} />)}
      </fieldset>
      {team ? <ConfirmButton title={`Delete “${team.name}”?`} confirm="Delete" onConfirm={() => remove.mutate()} button={(ask) => <div><Button look="quiet" size="s" className="-ml-3 text-danger" busy={remove.isPending} onClick={ask}>Delete this team</Button></div>}>Its members stay in the space, without what the team gave them.</ConfirmButton> : null}
    </FormDialog>
  );
}
