import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type SpaceSettings, spacesUpdateSpace } from "@/api";
import { fieldError } from "@/lib/errors";
import { labelOf, ROLES } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { sessionOptions, useCan } from "@/lib/session";
import { zoneOptions } from "@/lib/zones";
import { Button } from "@/ui/button";
import { Field, Select } from "@/ui/field";
import { UnsavedGuard } from "@/ui/guard";
import { Card, Section } from "@/ui/page";
import { ErrorNote, FormError, SkeletonRows } from "@/ui/states";
import { Switch } from "@/ui/switch";
import { settingsOptions } from "./data";

const LOCALES = [{ value: "en", label: "English" }, { value: "de", label: "Deutsch" }, { value: "fr", label: "Français" }];
const SUPPORT = ["viewer", "support", "member", "catalog_editor", "manager"] as const;

/** Rules of the space: who needs a second factor, and how far support may come in. */
export function PolicySettings() {
  const settings = useQuery(settingsOptions);
  if (settings.isPending) return <SkeletonRows count={3} />;
  if (settings.isError) return <ErrorNote error={settings.error} onRetry={() => void settings.refetch()} />;
  return <PolicyForm settings={settings.data} />;
}

function PolicyForm({ settings }: { settings: SpaceSettings }) {
  const mayEdit = useCan()("spaces.space.edit");
  const client = useQueryClient();
  const [draft, setDraft] = useState({ locale: settings.locale, time_zone: settings.time_zone, second_factor_policy: settings.second_factor_policy, support_role: settings.support_role });
  const isDirty = draft.locale !== settings.locale || draft.time_zone !== settings.time_zone || draft.second_factor_policy !== settings.second_factor_policy || draft.support_role !== settings.support_role;
  const save = useAction({ inline: true, run: () => spacesUpdateSpace({ body: draft }), touches: ["spaces", "audit"], done: "The rules are saved", onDone: () => void client.invalidateQueries({ queryKey: sessionOptions.queryKey }) });
  const locales = LOCALES.some(({ value }) => value === draft.locale) ? LOCALES : [...LOCALES, { value: draft.locale, label: draft.locale }];
  return (
    <Section title="Rules">
      <UnsavedGuard when={isDirty && !save.isPending && mayEdit} />
      <Card className="p-4 sm:p-6">
        <fieldset disabled={!mayEdit}>
          <form className="flex flex-col gap-5" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
            <FormError error={save.error} />
            <Switch label="Administrators need a second factor" hint="Until they have one, owners and managers only read" checked={draft.second_factor_policy === "administrators"} onChange={(on) => setDraft({ ...draft, second_factor_policy: on ? "administrators" : "optional" })} />
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label="Language of its letters"><Select value={draft.locale} options={locales} onValue={(locale) => setDraft({ ...draft, locale })} /></Field>
              <Field label="Time zone" hint="By whose clock the schedule is planned, and the evening begins" error={fieldError(save.error, "time_zone")}><Select value={draft.time_zone} options={zoneOptions(draft.time_zone)} onValue={(time_zone) => setDraft({ ...draft, time_zone })} /></Field>
              <Field label="Support comes in at most as" hint="When the owner of the house looks in, for a reason that stands in the audit"><Select value={draft.support_role} options={SUPPORT.map((value) => ({ value, label: labelOf(ROLES, value) }))} onValue={(value) => setDraft({ ...draft, support_role: value as (typeof SUPPORT)[number] })} /></Field>
            </div>
            {mayEdit ? <div><Button look="primary" type="submit" busy={save.isPending} disabled={!isDirty}>Save</Button></div> : null}
          </form>
        </fieldset>
      </Card>
    </Section>
  );
}
