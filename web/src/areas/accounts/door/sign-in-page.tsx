import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { accountsGetSetup, accountsSignIn, type Challenge } from "@/api";
import { useAction } from "@/lib/queries";
import { canUsePasskeys } from "@/lib/webauthn";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError } from "@/ui/states";
import { useOutcome } from "../outside";
import { PasswordField } from "../password-field";
import { FrontDoor } from "./front-door";
import { LinkStep } from "./link-step";
import { Providers } from "./providers";
import { SecondStep } from "./second-step";
import { usePasskey } from "./use-passkey";
import { useWelcome } from "./welcome";

export function SignInPage({ next }: { next?: string | undefined }) {
  const outcome = useOutcome();
  const [challenge, setChallenge] = useState<Pick<Challenge, "challenge" | "methods"> | null>(outcome?.kind === "challenge" ? outcome.challenge : null);
  const [link, setLink] = useState(outcome?.kind === "link" ? outcome.token : null);
  const onwards = outcome?.next ?? next;
  if (link) return <FrontDoor title="Link accounts"><LinkStep token={link} next={onwards} onBack={() => setLink(null)} /></FrontDoor>;
  return (
    <FrontDoor title="Sign in">
      {challenge
        ? <SecondStep challenge={challenge} next={onwards} onBack={() => setChallenge(null)} />
        : <FirstStep next={onwards} problem={outcome?.kind === "problem" ? outcome.words : undefined} onChallenge={setChallenge} />}
    </FrontDoor>
  );
}

interface FirstStepProps {
  next: string | undefined;
  problem: string | undefined;
  onChallenge: (challenge: Challenge) => void;
}

function FirstStep({ next, problem, onChallenge }: FirstStepProps) {
  const enter = useWelcome(next);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const setup = useQuery({ queryKey: [{ _id: "accountsGetSetup" }], queryFn: async ({ signal }) => (await accountsGetSetup({ signal })).data.needed });
  const signIn = useAction({
    inline: true,
    run: async () => (await accountsSignIn({ body: { email: email.trim(), password } })).data,
    touches: [],
    onDone: (answer) => { if ("second_factor" in answer) onChallenge(answer.second_factor); else enter(answer); },
  });
  const byPasskey = usePasskey(enter);
  return (
    <>
      <h1 className="mb-6 font-serif text-2xl font-semibold tracking-tight">Sign in</h1>
      {setup.data ? (
        <p className="mb-6 rounded-lg bg-accent-soft p-4">
          <strong className="font-medium">This house is new.</strong> Its log shows a set-up link, printed when it started. Open that link to become its owner.
        </p>
      ) : null}
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); signIn.mutate(); }}>
        <FormError error={signIn.error ?? byPasskey.error ?? (problem && signIn.isIdle ? new Error(problem) : null)} />
        <Field label="E-mail"><Input type="email" autoComplete="username webauthn" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} /></Field>
        <PasswordField label="Password" value={password} onChange={setPassword} />
        <Button look="primary" type="submit" busy={signIn.isPending} className="mt-2">Sign in</Button>
      </form>
      <div className="mt-4 flex flex-col gap-2">
        {canUsePasskeys() ? <Button icon={<KeyRound size={16} aria-hidden />} busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>Sign in with a passkey</Button> : null}
        <Providers next={next} />
      </div>
      <p className="mt-6"><Link to="/password-reset" search={{}} className="text-accent underline underline-offset-2">Forgotten your password?</Link></p>
    </>
  );
}
