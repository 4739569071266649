import { useState } from "react";
import { accountsChangePassword } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { FormError } from "@/ui/states";
import { MIN_PASSWORD, PasswordField } from "../password-field";

export function PasswordSettings() {
  const [draft, setDraft] = useState({ current_password: "", new_password: "" });
  const change = useAction({
    inline: true,
    run: () => accountsChangePassword({ body: draft }),
    touches: ["accounts"],
    done: "The password is changed",
    onDone: () => setDraft({ current_password: "", new_password: "" }),
  });
  const named = ["current_password", "new_password"].some((field) => fieldError(change.error, field));
  return (
    <Section title="Password">
      <Card className="p-4 sm:p-6">
        <form className="grid gap-4 sm:grid-cols-2" onSubmit={(event) => { event.preventDefault(); change.mutate(); }}>
          <div className="sm:col-span-2 empty:hidden">{named ? null : <FormError error={change.error} />}</div>
          <PasswordField label="Present password" value={draft.current_password} onChange={(current_password) => setDraft({ ...draft, current_password })} error={fieldError(change.error, "current_password")} />
          <PasswordField isNew label="New password" value={draft.new_password} onChange={(new_password) => setDraft({ ...draft, new_password })} error={fieldError(change.error, "new_password")} />
          <div className="sm:col-span-2"><Button type="submit" busy={change.isPending} disabled={draft.new_password.length < MIN_PASSWORD || draft.current_password === ""}>Change the password</Button></div>
        </form>
      </Card>
    </Section>
  );
}
