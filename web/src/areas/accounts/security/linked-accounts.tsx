import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { accountsListLinks, accountsListProviders, accountsRemoveLink, type LinkRead } from "@/api";
import { formatShortDate } from "@/lib/format";
import { notify } from "@/lib/notices";
import { useAction } from "@/lib/queries";
import { Button, ButtonLink } from "@/ui/button";
import { ConfirmButton, Dialog } from "@/ui/dialog";
import { Card, Section } from "@/ui/page";
import { ErrorNote, SkeletonRows } from "@/ui/states";
import { LinkOfferForm } from "../link-offer";
import { startPath, useOutcome } from "../outside";

/** Accounts elsewhere that open this one. Nothing shows in a house that trusts no other. */
export function LinkedAccounts() {
  const providers = useQuery({ queryKey: [{ _id: "accountsListProviders" }], queryFn: async ({ signal }) => (await accountsListProviders({ signal })).data.items });
  const links = useQuery({ queryKey: [{ _id: "accountsListLinks" }], queryFn: async ({ signal }) => (await accountsListLinks({ signal })).data.items });
  const outcome = useOutcome();
  const [offered, setOffered] = useState(outcome?.kind === "link" ? outcome.token : null);
  if (providers.data?.length === 0 && (links.data?.length ?? 0) === 0) return null;
  const open = providers.data?.filter((provider) => !links.data?.some((link) => link.provider === provider.name)) ?? [];
  return (
    <Section title="Linked accounts">
      {outcome?.kind === "problem" ? <ErrorNote error={new Error(outcome.words)} /> : null}
      {links.isPending ? <SkeletonRows count={1} className="h-16" /> : null}
      {links.isError ? <ErrorNote error={links.error} onRetry={() => void links.refetch()} /> : null}
      <Card>
        <ul className="divide-y divide-line">
          {links.data?.map((link) => <Row key={link.id} link={link} />)}
          {open.map((provider) => (
            <li key={provider.name} className="flex items-center gap-3 px-4 py-3">
              <Link2 size={18} className="text-quiet" aria-hidden />
              <p className="flex-1 font-medium">{provider.label}</p>
              <ButtonLink size="s"><a href={startPath(provider.name, { next: "/account/security", link: true })} aria-label={`Link ${provider.label}`}>Link</a></ButtonLink>
            </li>
          ))}
        </ul>
      </Card>
      {offered ? (
        <Dialog open onOpenChange={(open) => { if (!open) setOffered(null); }} title="Link the two?">
          <LinkOfferForm token={offered} isInside onCancel={() => setOffered(null)} onDone={(offer) => { setOffered(null); notify(`${offer.label} opens your account now`); }} />
        </Dialog>
      ) : null}
    </Section>
  );
}

function Row({ link }: { link: LinkRead }) {
  const remove = useAction({ run: () => accountsRemoveLink({ path: { link_id: link.id } }), touches: ["accounts"], done: "The link is removed" });
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <Link2 size={18} className="text-quiet" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{link.label}</p>
        <p className="truncate text-xs text-quiet">{[link.account, `since ${formatShortDate(link.created_at)}`].filter(Boolean).join(" · ")}</p>
      </div>
      <ConfirmButton title={`Remove the link to ${link.label}?`} confirm="Remove" onConfirm={() => remove.mutate()} button={(ask) => <Button size="s" busy={remove.isPending} onClick={ask}>Remove</Button>}>
        You sign in with your password or a passkey from then on.
      </ConfirmButton>
    </li>
  );
}
