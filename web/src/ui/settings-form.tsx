import type { ReactNode } from "react";
import { Button } from "./button";
import { UnsavedGuard } from "./guard";
import { Card, Section } from "./page";
import { FormError } from "./states";

interface SettingsFormProps {
  title: string;
  save: { mutate: () => void; isPending: boolean; error: Error | null };
  isDirty: boolean;
  isValid: boolean;
  children: ReactNode;
}

/** A card of settings with one Save, which asks before unsaved ones are left. */
export function SettingsForm({ title, save, isDirty, isValid, children }: SettingsFormProps) {
  return (
    <Section title={title}>
      <UnsavedGuard when={isDirty && !save.isPending} />
      <Card className="p-4 sm:p-6">
        <form noValidate className="flex flex-col gap-6" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
          <FormError error={save.error} />
          {children}
          <div><Button look="primary" type="submit" busy={save.isPending} disabled={!isDirty || !isValid}>Save</Button></div>
        </form>
      </Card>
    </Section>
  );
}
