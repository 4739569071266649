import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accountsCreateProfile, accountsDeleteProfile, accountsListAvatars, accountsUpdateProfile, type ProfileRead } from "@/api";
import { languages } from "@/lib/codes";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { CodeInput } from "@/ui/code-input";
import { ConfirmButton, FormDialog } from "@/ui/dialog";
import { Field, Input, Select } from "@/ui/field";
import { FormError } from "@/ui/states";
import { Switch } from "@/ui/switch";
import { TagInput } from "@/ui/tag-input";
import { AvatarChoice } from "./avatar-choice";
import { LIMITS } from "./data";
import { bodyOf, draftOf, withKids } from "./draft";
import { PinSettings } from "./pin-settings";

export function ProfileDialog({ profile, onClose }: { profile: ProfileRead | null; onClose: () => void }) {
  const avatars = useQuery({ queryKey: [{ _id: "accountsListAvatars" }], queryFn: async ({ signal }) => (await accountsListAvatars({ signal })).data.items, staleTime: Infinity });
  const [draft, setDraft] = useState(() => draftOf(profile, "fox"));
  const path = { profile_id: profile?.id ?? "" };
  const save = useAction({
    inline: true,
    run: () => (profile ? accountsUpdateProfile({ path, body: bodyOf(draft) }) : accountsCreateProfile({ body: bodyOf(draft) })),
    touches: ["accounts"],
    done: profile ? "The profile is saved" : `${draft.name.trim()} has a profile`,
    onDone: onClose,
  });
  const remove = useAction({ run: () => accountsDeleteProfile({ path }), touches: ["accounts"], done: "The profile is deleted", onDone: onClose });
  const nameError = fieldError(save.error, "name");
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={profile ? `Profile of ${profile.name}` : "New profile"} submit="Save" busy={save.isPending} disabled={draft.name.trim() === ""} onSubmit={() => save.mutate()}>
      {nameError ? null : <FormError error={save.error} />}
      <Field label="Name" error={nameError}><Input autoFocus={profile === null} maxLength={40} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} /></Field>
      <AvatarChoice avatars={avatars.data ?? []} value={draft.avatar} onChange={(avatar) => setDraft({ ...draft, avatar })} />
      <Switch label="A child's profile" hint="Shows posters in large, and nothing to change" checked={draft.is_kids} onChange={(on) => setDraft(withKids(draft, on))} />
      <Field label="Shows works"><Select value={draft.limit} options={draft.is_kids ? LIMITS.slice(0, 3) : LIMITS} {...(draft.is_kids ? {} : { blank: "of any age" })} onValue={(limit) => setDraft({ ...draft, limit })} /></Field>
      {draft.limit === "" ? null : <Switch label="Also works whose age nobody knows" checked={draft.shows_unknown} onChange={(shows_unknown) => setDraft({ ...draft, shows_unknown })} />}
      <Field label="Preferred languages" optional><CodeInput book={languages} codes={draft.languages} onChange={(codes) => setDraft({ ...draft, languages: codes })} /></Field>
      <Field label="Favourite genres" optional><TagInput values={draft.genres} onChange={(genres) => setDraft({ ...draft, genres })} /></Field>
      {profile ? <PinSettings profile={profile} /> : null}
      {profile ? (
        <ConfirmButton title={`Delete the profile of ${profile.name}?`} confirm="Delete" onConfirm={() => remove.mutate()} button={(ask) => <div><Button look="quiet" size="s" className="-ml-3 text-danger" busy={remove.isPending} onClick={ask}>Delete this profile</Button></div>}>
          Its preferences are gone for good. What the account added and rated stays.
        </ConfirmButton>
      ) : null}
    </FormDialog>
  );
}
