import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { auditRequestSeal, type SealRead } from "@/api";
import { formatAgo, formatNumber } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { sealOptions } from "./data";

/** How far the journal of the space is sealed, and a way to seal it now. */
export function SealLine() {
  const seal = useQuery(sealOptions);
  const now = useAction({ run: () => auditRequestSeal(), touches: ["audit"], done: "The newest entries are being sealed" });
  if (!seal.data) return null;
  return <SealFacts seal={seal.data}>{seal.data.waiting > 0 ? <Button size="s" look="quiet" busy={now.isPending} onClick={() => now.mutate()}>Seal now</Button> : null}</SealFacts>;
}

/** Each entry carries a hash of the one before it: what is changed afterwards is found out. */
export function SealFacts({ seal: { sealed, waiting, sealed_at, hash, removed }, children }: { seal: SealRead; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-quiet">
      <ShieldCheck size={16} className="text-positive" aria-hidden />
      <p title={hash ? `Last hash ${hash}` : undefined}>
        {formatNumber(sealed)} entries sealed{sealed_at ? `, the last ${formatAgo(sealed_at)}` : ""}{waiting > 0 ? `; ${formatNumber(waiting)} wait for the seal` : ""}{removed > 0 ? `; ${formatNumber(removed)} removed by retention` : ""}
      </p>
      {children}
    </div>
  );
}
