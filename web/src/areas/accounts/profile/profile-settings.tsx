import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { accountsUpdateMe } from "@/api";
import { useAction } from "@/lib/queries";
import { sessionOptions, useUser } from "@/lib/session";
import { zoneOptions } from "@/lib/zones";
import { Button } from "@/ui/button";
import { Field, Input, Select } from "@/ui/field";
import { UnsavedGuard } from "@/ui/guard";
import { Card, Section } from "@/ui/page";
import { FormError } from "@/ui/states";

const LOCALES = [{ value: "en", label: "English" }, { value: "de", label: "Deutsch" }, { value: "fr", label: "Français" }];

export function ProfileSettings() {
  const user = useUser();
  const client = useQueryClient();
  const [draft, setDraft] = useState({ name: user.name, locale: user.locale, time_zone: user.time_zone });
  const isDirty = draft.name !== user.name || draft.locale !== user.locale || draft.time_zone !== user.time_zone;
  const locales = LOCALES.some(({ value }) => value === draft.locale) ? LOCALES : [...LOCALES, { value: draft.locale, label: draft.locale }];
  const save = useAction({
    inline: true,
    run: async () => (await accountsUpdateMe({ body: draft })).data,
    touches: ["accounts", "spaces"],
    done: "Your profile is saved",
    onDone: (saved) => client.setQueryData(sessionOptions.queryKey, (session) => (session ? { ...session, user: saved } : session)),
  });
  return (
    <Section title="Profile">
      <UnsavedGuard when={isDirty && !save.isPending} />
      <Card className="p-4 sm:p-6">
        <form className="grid gap-4 sm:grid-cols-2" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
          <div className="sm:col-span-2 empty:hidden"><FormError error={save.error} /></div>
          <Field label="Name" className="sm:col-span-2"><Input autoComplete="name" required value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} /></Field>
          <Field label="Language"><Select value={draft.locale} options={locales} onValue={(locale) => setDraft({ ...draft, locale })} /></Field>
          <Field label="Time zone"><Select value={draft.time_zone} options={zoneOptions(draft.time_zone)} onValue={(time_zone) => setDraft({ ...draft, time_zone })} /></Field>
          <div className="sm:col-span-2"><Button look="primary" type="submit" busy={save.isPending} disabled={!isDirty}>Save</Button></div>
        </form>
      </Card>
    </Section>
  );
}
