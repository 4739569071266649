import { useState } from "react";
import type { LinkOffer } from "@/api";
import { ButtonLink } from "@/ui/button";
import { LinkOfferForm } from "../link-offer";
import { startPath } from "../outside";

/** Somebody came from elsewhere whose address has an account here already. */
export function LinkStep({ token, next, onBack }: { token: string; next: string | undefined; onBack: () => void }) {
  const [linked, setLinked] = useState<LinkOffer | null>(null);
  if (linked) {
    return (
      <>
        <h1 className="mb-2 font-serif text-2xl font-semibold tracking-tight">Linked</h1>
        <p className="mb-6 text-quiet">From now on {linked.label} opens your account here.</p>
        <ButtonLink look="primary"><a href={startPath(linked.provider, { next })}>Sign in with {linked.label}</a></ButtonLink>
      </>
    );
  }
  return (
    <>
      <h1 className="mb-4 font-serif text-2xl font-semibold tracking-tight">You have an account here</h1>
      <LinkOfferForm token={token} isInside={false} onDone={setLinked} onCancel={onBack} />
    </>
  );
}
