import { useState } from "react";
import { accountsRemoveTotp } from "@/api";
import { useAction } from "@/lib/queries";
import { FormDialog } from "@/ui/dialog";
import { FormError } from "@/ui/states";
import { PasswordField } from "../password-field";

export function RemoveTotp({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState("");
  const remove = useAction({ inline: true, run: () => accountsRemoveTotp({ body: { password } }), touches: ["accounts"], done: "The second factor is off", onDone: onClose });
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Switch the second factor off?" description="The password alone then opens your account, and the backup codes work no more." submit="Switch it off" look="danger" busy={remove.isPending} disabled={password === ""} onSubmit={() => remove.mutate()}>
      <FormError error={remove.error} />
      <PasswordField label="Password" value={password} onChange={setPassword} />
    </FormDialog>
  );
}
