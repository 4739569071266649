import { useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { accountsAskAdminPasskey, accountsShowAdminFactor, accountsShowAdminPasskey, accountsSignInAdmin, type AdministratorRead, type Challenge } from "@/api";
import { asAdmin } from "@/lib/admin";
import { rememberAdminCsrf } from "@/lib/http";
import { useAction } from "@/lib/queries";
import { useUser } from "@/lib/session";
import { askPasskey, canUsePasskeys } from "@/lib/webauthn";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { OneTimeCode } from "@/ui/one-time-code";
import { Card } from "@/ui/page";
import { FormError } from "@/ui/states";
import { adminOptions } from "./admin-data";

/** The administration asks for the password or a passkey once more; its session is short and opens nothing else. */
export function AdminDoor() {
  const user = useUser();
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const [code, setCode] = useState("");
  const enter = (admin: AdministratorRead): void => {
    rememberAdminCsrf(admin.csrf_token);
    client.setQueryData(adminOptions.queryKey, admin);
  };
  const signIn = useAction({
    inline: true,
    run: async () => (await asAdmin(accountsSignInAdmin({ body: { email: user.email, password } }), "keep")).data,
    touches: [],
    onDone: (answer) => { if ("second_factor" in answer) setChallenge(answer.second_factor); else enter(answer); },
  });
  const confirm = useAction({
    inline: true,
    run: async () => {
      const digits = code.replaceAll(/\s/g, "");
      const body = { challenge: challenge?.challenge ?? "", method: /^\d{6}$/.test(digits) ? "totp" as const : "backup_code" as const, code: digits };
      return (await asAdmin(accountsShowAdminFactor({ body }), "keep")).data;
    },
    touches: [],
    onDone: enter,
  });
  const byPasskey = useAction({
    inline: true,
    run: async () => {
      const { data } = await asAdmin(accountsAskAdminPasskey({ body: challenge ? { challenge: challenge.challenge } : {} }), "keep");
      const credential = await askPasskey(data.options);
      return credential ? (await asAdmin(accountsShowAdminPasskey({ body: { challenge: data.challenge, credential } }), "keep")).data : null;
    },
    touches: [],
    onDone: (admin) => { if (admin) enter(admin); },
  });
  const takesCode = challenge?.methods.some((method) => method === "totp" || method === "backup_code") ?? false;
  const takesPasskey = canUsePasskeys() && (challenge === null || challenge.methods.includes("passkey"));
  return (
    <Card className="max-w-md p-4 sm:p-6">
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); if (challenge) confirm.mutate(); else signIn.mutate(); }}>
        <p className="text-quiet">{challenge ? "Your account is protected by a second factor." : "The administration opens for a quarter of an hour at a time. Show once more that it is you."}</p>
        <FormError error={byPasskey.error ?? (challenge ? confirm.error : signIn.error)} />
        {challenge === null ? (
          <>
            <Field label="E-mail"><Input type="email" autoComplete="username" readOnly value={user.email} className="text-quiet" /></Field>
            <Field label="Password"><Input type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} /></Field>
          </>
        ) : null}
        {takesCode ? <OneTimeCode letters autoFocus label="Code from your app, or a backup code" value={code} onChange={setCode} /> : null}
        <div className="flex flex-wrap gap-2">
          {challenge === null || takesCode ? <Button look="primary" type="submit" busy={signIn.isPending || confirm.isPending}>Open the administration</Button> : null}
          {takesPasskey ? <Button icon={<KeyRound size={16} aria-hidden />} busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>Use a passkey</Button> : null}
        </div>
      </form>
    </Card>
  );
}
