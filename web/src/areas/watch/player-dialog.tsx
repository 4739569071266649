import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type PlayerMade, watchAddPlayer } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { FormDialog } from "@/ui/dialog";
import { Field, Input, Select } from "@/ui/field";
import { FormError } from "@/ui/states";
import { Switch } from "@/ui/switch";
import { profilesOptions, tunerOptions } from "./data";

/** A new player: what it is called, whose limits it has, whether it is also a tuner. */
export function PlayerDialog({ onClose, onMade }: { onClose: () => void; onMade: (player: PlayerMade) => void }) {
  const [name, setName] = useState("");
  const [profile, setProfile] = useState("");
  const [isTuner, setTuner] = useState(false);
  const profiles = useQuery(profilesOptions);
  const mayBeTuner = useQuery(tunerOptions).data;
  const can = useCan();
  const add = useAction({
    run: async () => (await watchAddPlayer({ body: { name: name.trim(), profile_id: profile || null, is_tuner: isTuner } })).data,
    touches: ["watch", "accounts"], inline: true,
    onDone: (made) => { onClose(); onMade(made); },
  });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Add a player" submit="Make the addresses" busy={add.isPending} disabled={name.trim() === ""} onSubmit={() => add.mutate()}>
      <FormError error={add.error} />
      <Field label="What plays, and where?" error={fieldError(add.error, "name")}><Input required autoFocus maxLength={120} value={name} onChange={(event) => setName(event.target.value)} placeholder="Kodi in the living room" /></Field>
      {profiles.data && profiles.data.length > 0 ? (
        <Field label="It shows what suits" error={fieldError(add.error, "profile_id")}>
          <Select value={profile} blank="me, all of it" options={profiles.data.map((one) => ({ value: one.id, label: one.name }))} onValue={setProfile} />
        </Field>
      ) : null}
      {mayBeTuner ? <Switch checked={isTuner} onChange={setTuner} label="Offer it as an HDHomeRun too" hint="A network tuner, for Plex, Jellyfin and Emby" /> : null}
      {mayBeTuner === false && can("spaces.flag.edit") ? <p className="text-xs text-quiet">Plex wants a network tuner (HDHomeRun): switch that on in the <Link to="/space/features" className="text-accent hover:underline">features of the space</Link>.</p> : null}
    </FormDialog>
  );
}
