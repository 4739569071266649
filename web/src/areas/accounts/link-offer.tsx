import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accountsConfirmLink, accountsGetOffer, type LinkOffer } from "@/api";
import { fieldError } from "@/lib/errors";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { ErrorNote, FormError, SkeletonRows } from "@/ui/states";
import { PasswordField } from "./password-field";

interface LinkOfferFormProps {
  token: string;
  /** Whether the person is in their account here in this browser. */
  isInside: boolean;
  onDone: (offer: LinkOffer) => void;
  onCancel: () => void;
}

/** An identity from elsewhere opens an account here only after the account's own password said so. */
export function LinkOfferForm({ token, isInside, onDone, onCancel }: LinkOfferFormProps) {
  const offer = useQuery({ queryKey: [{ _id: "accountsGetOffer", token }], queryFn: async ({ signal }) => (await accountsGetOffer({ query: { token }, signal })).data, retry: false });
  const [password, setPassword] = useState("");
  const confirm = useAction({
    inline: true,
    run: () => accountsConfirmLink({ body: { token, ...(offer.data?.needs_password ? { password } : {}) } }),
    touches: ["accounts"],
    onDone: () => { if (offer.data) onDone(offer.data); },
  });
  if (offer.isPending) return <SkeletonRows count={3} />;
  if (offer.isError) return <div className="flex flex-col items-start gap-4"><ErrorNote error={offer.error} /><Button onClick={onCancel}>Back</Button></div>;
  const { label, account, email, needs_password: needsPassword } = offer.data;
  const wrong = fieldError(confirm.error, "password");
  const isClosed = !needsPassword && !isInside;
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); confirm.mutate(); }}>
      <p><strong className="font-medium">{label}</strong> knows you as <strong className="font-medium break-all">{account}</strong>. The account here is <strong className="font-medium break-all">{email}</strong>.</p>
      <p className="text-quiet">
        {isClosed
          ? "That account has no password which could confirm that the two belong together. Sign in to it as you do otherwise, then link the two under Account, Security."
          : `Once they are linked, ${label} opens this account${needsPassword ? ". Type the account’s password to confirm it, this once." : "."}`}
      </p>
      {wrong ? null : <FormError error={confirm.error} />}
      {needsPassword ? <PasswordField label="Password of the account here" value={password} onChange={setPassword} error={wrong} /> : null}
      <div className="flex flex-wrap gap-2">
        {isClosed ? null : <Button look="primary" type="submit" busy={confirm.isPending} disabled={needsPassword && password === ""}>Link them</Button>}
        <Button onClick={onCancel}>{isClosed ? "Back" : "Don’t link"}</Button>
      </div>
    </form>
  );
}
