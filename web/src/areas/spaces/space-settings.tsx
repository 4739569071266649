import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { spacesCreateSpace, spacesLeaveSpace, spacesRenameSpace } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { sessionOptions, useCan, useSpace, useUser } from "@/lib/session";
import { activeSpace } from "@/lib/space";
import { deviceZone, zoneOptions } from "@/lib/zones";
import { Button } from "@/ui/button";
import { ConfirmButton, FormDialog } from "@/ui/dialog";
import { Field, Input, Select } from "@/ui/field";
import { UnsavedGuard } from "@/ui/guard";
import { Card, Section } from "@/ui/page";
import { FormError } from "@/ui/states";
import { ArchivedSpaces, ArchiveSpace } from "./archive";

export function SpaceSettings() {
  const space = useSpace();
  const can = useCan();
  const user = useUser();
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState(space?.name ?? "");
  const [isAdding, setAdding] = useState(false);
  const isDirty = name.trim() !== space?.name;
  const save = useAction({
    inline: true,
    run: () => spacesRenameSpace({ body: { name: name.trim() } }),
    touches: ["spaces", "activity"],
    done: "The space is renamed",
    onDone: () => void client.invalidateQueries({ queryKey: sessionOptions.queryKey }),
  });
  const leave = useAction({
    run: () => spacesLeaveSpace(),
    touches: [],
    done: `You have left “${space?.name ?? "the space"}”`,
    onDone: () => { activeSpace.set(""); client.clear(); void router.navigate({ to: "/", search: {} }); },
  });
  return (
    <Section title="Space" actions={user.is_instance_owner ? <Button size="s" onClick={() => setAdding(true)}>New space</Button> : null}>
      <UnsavedGuard when={isDirty && !save.isPending && can("spaces.space.edit")} />
      <Card className="p-4 sm:p-6">
        <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
          <FormError error={save.error} />
          <Field label="Name"><Input required value={name} readOnly={!can("spaces.space.edit")} onChange={(event) => setName(event.target.value)} /></Field>
          {can("spaces.space.edit") ? <div><Button look="primary" type="submit" busy={save.isPending} disabled={!isDirty || name.trim() === ""}>Save</Button></div> : null}
        </form>
      </Card>
      {space && space.role !== "owner" ? (
        <ConfirmButton title={`Leave “${space.name}”?`} confirm="Leave" onConfirm={() => leave.mutate()} button={(ask) => <div><Button busy={leave.isPending} onClick={ask}>Leave this space</Button></div>}>
          You see nothing of it any more until someone invites you again. What you added stays.
        </ConfirmButton>
      ) : null}
      {space?.role === "owner" && !space.is_support ? <ArchiveSpace slug={space.slug} name={space.name} /> : null}
      <ArchivedSpaces />
      {isAdding ? <NewSpace onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}

export function NewSpace({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [zone, setZone] = useState(deviceZone);
  const create = useAction({
    inline: true,
    run: async () => (await spacesCreateSpace({ body: { name: name.trim(), time_zone: zone } })).data,
    touches: ["spaces"],
    done: (space) => `“${space.name}” is open; change to it in the sidebar`,
    onDone: () => { void client.invalidateQueries({ queryKey: sessionOptions.queryKey }); onClose(); },
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="New space" description="A space has its own works, libraries and members; nothing of it shows in another." submit="Open the space" busy={create.isPending} disabled={name.trim() === ""} onSubmit={() => create.mutate()}>
      {fieldError(create.error, "name") ?? fieldError(create.error, "time_zone") ? null : <FormError error={create.error} />}
      <Field label="Name" error={fieldError(create.error, "name")}><Input autoFocus value={name} onChange={(event) => setName(event.target.value)} placeholder="Family shelf" /></Field>
      <Field label="Time zone" hint="By whose clock its days begin" error={fieldError(create.error, "time_zone")}><Select value={zone} options={zoneOptions(zone)} onValue={setZone} /></Field>
    </FormDialog>
  );
}
