import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { accountsSendCode, accountsShowSecondFactor, type Challenge } from "@/api";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { OneTimeCode } from "@/ui/one-time-code";
import { FormError } from "@/ui/states";
import { usePasskey } from "./use-passkey";
import { useWelcome } from "./welcome";

type Method = Challenge["methods"][number];

const WAYS: Record<Method, { choose: string; label: string; hint: string }> = {
  totp: { choose: "Use a code from your app", label: "Code from your authenticator app", hint: "Six digits that change every half minute." },
  passkey: { choose: "Use a passkey", label: "Passkey", hint: "Your device asks for your finger, face or PIN." },
  backup_code: { choose: "Use a backup code", label: "Backup code", hint: "One of the ten that you kept. Each works once." },
  email: { choose: "Get a code by e-mail", label: "Code from the letter", hint: "We sent it to the address of your account." },
};
const ORDER: readonly Method[] = ["passkey", "totp", "backup_code", "email"];

/** The password was right; something that only this person has is asked for too. */
export function SecondStep({ challenge, next, onBack }: { challenge: Pick<Challenge, "challenge" | "methods">; next: string | undefined; onBack: () => void }) {
  const enter = useWelcome(next);
  const ways = ORDER.filter((method) => challenge.methods.includes(method));
  const [way, setWay] = useState<Method>(ways.includes("totp") ? "totp" : (ways[0] ?? "totp"));
  const [code, setCode] = useState("");
  const confirm = useAction({
    inline: true,
    run: async () => (await accountsShowSecondFactor({ body: { challenge: challenge.challenge, method: way as Exclude<Method, "passkey">, code: code.trim() } })).data,
    touches: [],
    onDone: enter,
  });
  const byPasskey = usePasskey(enter, challenge.challenge);
  const send = useAction({ inline: true, run: () => accountsSendCode({ body: { challenge: challenge.challenge } }), touches: [], done: "The code is on its way" });
  const choose = (method: Method): void => {
    setWay(method);
    setCode("");
    confirm.reset();
    byPasskey.reset();
    if (method === "email") send.mutate();
    if (method === "passkey") byPasskey.mutate();
  };
  return (
    <>
      <h1 className="mb-2 font-serif text-2xl font-semibold tracking-tight">One more step</h1>
      <p className="mb-6 text-quiet">Your account is protected by a second factor.</p>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); if (way === "passkey") byPasskey.mutate(); else confirm.mutate(); }}>
        <FormError error={confirm.error ?? byPasskey.error ?? send.error} />
        {way === "passkey" ? <p>{WAYS.passkey.hint}</p> : (
          <OneTimeCode key={way} autoFocus letters={way === "backup_code"} label={WAYS[way].label} hint={WAYS[way].hint} value={code} onChange={setCode} />
        )}
        <Button look="primary" type="submit" busy={confirm.isPending || byPasskey.isPending} disabled={way !== "passkey" && code.trim() === ""}>{way === "passkey" ? "Use the passkey" : "Go on"}</Button>
      </form>
      <div className="mt-6 flex flex-col items-start gap-1">
        {ways.filter((method) => method !== way).map((method) => <Button key={method} look="quiet" busy={method === "email" && send.isPending} className="-ml-3.5 sm:-ml-4" onClick={() => choose(method)}>{WAYS[method].choose}</Button>)}
        <Button look="quiet" className="-ml-3.5 sm:-ml-4" icon={<ArrowLeft size={16} aria-hidden />} onClick={onBack}>Back to the password</Button>
      </div>
    </>
  );
}
