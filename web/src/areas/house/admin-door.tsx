import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { accountsShowAdminFactor, accountsSignInAdmin, type AdministratorRead, type Challenge } from "@/api";
import { rememberAdminCsrf } from "@/lib/http";
import { useAction } from "@/lib/queries";
import { useUser } from "@/lib/session";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { OneTimeCode } from "@/ui/one-time-code";
import { Card } from "@/ui/page";
import { FormError } from "@/ui/states";
import { adminOptions, asAdmin } from "./admin-data";

/** The administration asks for the password once more; its session is short and opens nothing else. */
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
  return (
    <Card className="max-w-md p-4 sm:p-6">
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); if (challenge) confirm.mutate(); else signIn.mutate(); }}>
        <p className="text-quiet">The administration opens for a quarter of an hour at a time. Type your password once more.</p>
        <FormError error={challenge ? confirm.error : signIn.error} />
        {challenge ? <OneTimeCode letters autoFocus label="Code from your app, or a backup code" value={code} onChange={setCode} /> : (
          <>
            <Field label="E-mail"><Input type="email" autoComplete="username" readOnly value={user.email} className="text-quiet" /></Field>
            <Field label="Password"><Input type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} /></Field>
          </>
        )}
        <div><Button look="primary" type="submit" busy={signIn.isPending || confirm.isPending}>Open the administration</Button></div>
      </form>
    </Card>
  );
}
