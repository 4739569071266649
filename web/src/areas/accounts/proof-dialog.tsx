import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accountsAskPasskey, accountsProveAgain, type ProofAgainWritable } from "@/api";
import { answerProof } from "@/lib/proof";
import { useAction } from "@/lib/queries";
import { useUser, welcome } from "@/lib/session";
import { askPasskey, canUsePasskeys } from "@/lib/webauthn";
import { Button } from "@/ui/button";
import { FormDialog } from "@/ui/dialog";
import { OneTimeCode } from "@/ui/one-time-code";
import { FormError } from "@/ui/states";
import { PasswordField } from "./password-field";
import { secondFactorOptions } from "./security/data";

type Way = "password" | "code" | "passkey";
const CHOOSE: Record<Way, string> = { password: "Use the password", code: "Use a code from your app", passkey: "Use a passkey" };

/** Whoever has been signed in for a while shows again who they are, then what they did goes on by itself. */
export default function ProofDialog() {
  const user = useUser();
  const factors = useQuery(secondFactorOptions).data;
  const ways: Way[] = [];
  if (user.has_password) ways.push("password");
  if (factors?.totp) ways.push("code");
  if (factors?.passkeys && canUsePasskeys()) ways.push("passkey");
  const [chosen, setChosen] = useState<Way | null>(null);
  const way = chosen ?? ways[0];
  const [text, setText] = useState("");
  const prove = useAction({
    inline: true,
    run: async () => {
      const shown = await proofOf(way, text);
      return shown ? (await accountsProveAgain({ body: shown })).data : null;
    },
    touches: [],
    onDone: (session) => {
      if (!session) return;
      welcome(session);
      answerProof(true);
    },
  });
  const choose = (other: Way): void => { setChosen(other); setText(""); prove.reset(); };
  return (
    <FormDialog
      open
      onOpenChange={(open) => { if (!open) answerProof(false); }}
      title="Is it still you?"
      description="This changes who can open your account. You are not asked again for a quarter of an hour."
      submit={way === "passkey" ? "Use the passkey" : "Go on"}
      busy={prove.isPending}
      disabled={!way || (way !== "passkey" && text.trim() === "")}
      onSubmit={() => prove.mutate()}
    >
      <FormError error={prove.error} />
      {way === "password" ? <PasswordField label="Your password" value={text} onChange={setText} /> : null}
      {way === "code" ? <OneTimeCode label="Code from your authenticator app" value={text} onChange={setText} /> : null}
      {way === "passkey" ? <p>Your device asks for your finger, face or PIN.</p> : null}
      {!way && factors ? <p>Sign out and in again, then do this within a quarter of an hour.</p> : null}
      <div className="flex flex-col items-start">
        {ways.filter((each) => each !== way).map((each) => <Button key={each} look="quiet" size="s" className="-ml-3" onClick={() => choose(each)}>{CHOOSE[each]}</Button>)}
      </div>
    </FormDialog>
  );
}

async function proofOf(way: Way | undefined, text: string): Promise<ProofAgainWritable | null> {
  if (way === "password") return { password: text };
  if (way === "code") return { code: text.replaceAll(/\s/g, "") };
  const { data } = await accountsAskPasskey({ body: {} });
  const credential = await askPasskey(data.options);
  return credential ? { credential } : null;
}
