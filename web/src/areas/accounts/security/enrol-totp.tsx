import { useEffect, useRef, useState } from "react";
import { accountsConfirmTotp, accountsOfferTotp } from "@/api";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { CopyText } from "@/ui/copy-text";
import { FormDialog } from "@/ui/dialog";
import { OneTimeCode } from "@/ui/one-time-code";
import { ErrorNote, FormError, Skeleton } from "@/ui/states";

/** RFC 6238: the app and the house share a secret; a first code proves that the app has it. */
export function EnrolTotp({ onClose, onCodes }: { onClose: () => void; onCodes: (codes: string[]) => void }) {
  const [code, setCode] = useState("");
  const [isTyped, setTyped] = useState(false);
  const start = useAction({ inline: true, run: async () => (await accountsOfferTotp()).data, touches: [] });
  const confirm = useAction({
    inline: true,
    run: async () => (await accountsConfirmTotp({ body: { code: code.replaceAll(/\s/g, "") } })).data,
    touches: ["accounts"],
    done: "The second factor is on",
    onDone: ({ backup_codes }) => onCodes(backup_codes),
  });
  const isAsked = useRef(false);
  const { mutate } = start;
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    mutate();
  }, [mutate]);
  const made = start.data;
  return (
    <FormDialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Set up an authenticator app" submit="Switch it on" busy={confirm.isPending} disabled={!made || code.trim().length < 6} onSubmit={() => confirm.mutate()}>
      {start.isError ? <ErrorNote error={start.error} onRetry={() => start.mutate()} /> : (
        <>
          <FormError error={confirm.error} />
          <p><strong className="font-medium">1.</strong> Scan this picture with the app.</p>
          {made ? <img src={`data:image/svg+xml,${encodeURIComponent(made.qr_svg)}`} alt="QR code with the secret for the app" width={208} height={208} className="mx-auto rounded-sm bg-white p-3" /> : <Skeleton className="mx-auto size-52" />}
          {made && isTyped ? <CopyText label="Secret for the app" text={made.secret} /> : null}
          {made && !isTyped ? <Button look="quiet" size="s" className="self-center" onClick={() => setTyped(true)}>I cannot scan, show the secret</Button> : null}
          <p><strong className="font-medium">2.</strong> Type the code that it shows.</p>
          <OneTimeCode label="Code from the app" value={code} onChange={setCode} />
        </>
      )}
    </FormDialog>
  );
}
