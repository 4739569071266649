import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Tv } from "lucide-react";
import { useState } from "react";
import { accountsDecideDevice, accountsGetDevice } from "@/api";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Card, Page } from "@/ui/page";
import { ErrorNote, SkeletonRows } from "@/ui/states";

/** A television shows a code (RFC 8628); the person types it here and lets the television in. */
export function DevicePage({ code }: { code: string | undefined }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  return (
    <Page title="Connect a device" width="text" summary="A television or an app shows you a code: type it here to sign it in">
      <div className="flex max-w-md flex-col gap-4">
        {code ? <Device code={code} onOther={() => void navigate({ to: "/device", search: {} })} /> : (
          <Card className="p-4 sm:p-6">
            <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); void navigate({ to: "/device", search: { code: typed.trim().toUpperCase() } }); }}>
              <Field label="Code on the device"><Input autoFocus required value={typed} autoCapitalize="characters" autoComplete="off" spellCheck={false} maxLength={20} placeholder="ABCD-EFGH" onChange={(event) => setTyped(event.target.value)} className="h-12 font-mono text-lg tracking-widest uppercase" /></Field>
              <div><Button look="primary" type="submit">Go on</Button></div>
            </form>
          </Card>
        )}
      </div>
    </Page>
  );
}

function Device({ code, onOther }: { code: string; onOther: () => void }) {
  const path = { user_code: code };
  const device = useQuery({ queryKey: [{ _id: "accountsGetDevice", code }], queryFn: async ({ signal }) => (await accountsGetDevice({ path, signal })).data, retry: false });
  const [answer, setAnswer] = useState<"approved" | "denied" | null>(null);
  const approve = useAction({ run: () => accountsDecideDevice({ path: { ...path, decision: "approve" } }), touches: ["accounts"], onDone: () => setAnswer("approved") });
  const deny = useAction({ run: () => accountsDecideDevice({ path: { ...path, decision: "deny" } }), touches: ["accounts"], onDone: () => setAnswer("denied") });
  const other = <div><Button onClick={onOther}>Type another code</Button></div>;
  if (answer) {
    return (
      <Card className="flex flex-col gap-3 p-4 sm:p-6">
        <h2 className="font-serif text-lg font-semibold">{answer === "approved" ? "The device is signed in" : "The device stays outside"}</h2>
        <p className="text-quiet">{answer === "approved" ? "It shows your house in a moment. You can sign it out under “Devices” at any time." : "If you did not ask for this code, nothing more is to do."}</p>
        {other}
      </Card>
    );
  }
  if (device.isPending) return <SkeletonRows count={2} />;
  if (device.isError) return <><ErrorNote error={device.error} />{other}</>;
  return (
    <Card className="flex flex-col gap-4 p-4 sm:p-6">
      <div className="flex items-center gap-3">
        <Tv size={24} className="text-quiet" aria-hidden />
        <div>
          <h2 className="font-serif text-lg font-semibold">{device.data.name}</h2>
          <p className="text-xs text-quiet">{[device.data.device, device.data.ip].filter(Boolean).join(" · ")} wants to be signed in as you</p>
        </div>
      </div>
      <p>Does the device in front of you show <strong className="font-mono font-semibold">{code.toUpperCase()}</strong>? Only then let it in: whoever sent you this code by message wants your account.</p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={approve.isPending} onClick={() => approve.mutate()}>Let it in</Button>
        <Button busy={deny.isPending} onClick={() => deny.mutate()}>Refuse</Button>
      </div>
    </Card>
  );
}
