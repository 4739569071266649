import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { accountsConfirmEmailChange, accountsVerifyEmail } from "@/api";
import { useAction } from "@/lib/queries";
import { sessionOptions } from "@/lib/session";
import { Button, ButtonLink } from "@/ui/button";
import { FormError } from "@/ui/states";
import { FrontDoor } from "./front-door";

interface LetterPageProps {
  title: string;
  text: string;
  button: string;
  done: string;
  run: () => Promise<unknown>;
  hasToken: boolean;
}

/** Where links in letters lead. A button and not the visit itself confirms: mail scanners open links too. */
function LetterPage({ title, text, button, done, run, hasToken }: LetterPageProps) {
  const client = useQueryClient();
  const confirm = useAction({ inline: true, run, touches: ["accounts"], onDone: () => void client.invalidateQueries({ queryKey: sessionOptions.queryKey }) });
  return (
    <FrontDoor title={title}>
      <h1 className="mb-3 font-serif text-2xl font-semibold tracking-tight">{confirm.isSuccess ? done : title}</h1>
      {confirm.isSuccess ? <ButtonLink look="primary" className="mt-3"><Link to="/">Go on</Link></ButtonLink> : (
        <>
          <p className="mb-6 text-quiet">{hasToken ? text : "The link is incomplete. Copy the whole link from the letter, with the part behind “token=”."}</p>
          <div className="flex flex-col items-start gap-4">
            <FormError error={confirm.error} />
            {hasToken ? <Button look="primary" busy={confirm.isPending} onClick={() => confirm.mutate()}>{button}</Button> : null}
          </div>
        </>
      )}
    </FrontDoor>
  );
}

export function VerifyPage({ token }: { token: string | undefined }) {
  return <LetterPage title="Confirm your address" text="This tells the house that its letters reach you." button="Confirm it" done="Your address is confirmed" hasToken={token !== undefined} run={() => accountsVerifyEmail({ body: { token: token ?? "" } })} />;
}

export function ConfirmEmailPage({ token }: { token: string | undefined }) {
  return <LetterPage title="Change your address" text="From now on you sign in with the address that this letter came to." button="Change it" done="Your address is changed" hasToken={token !== undefined} run={() => accountsConfirmEmailChange({ body: { token: token ?? "" } })} />;
}
