import { useQuery } from "@tanstack/react-query";
import { ShieldCheck, Smartphone } from "lucide-react";
import { useState } from "react";
import { formatShortDate, plural } from "@/lib/format";
import { Button } from "@/ui/button";
import { Card, Section } from "@/ui/page";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { BackupCodes } from "./backup-codes";
import { secondFactorOptions } from "./data";
import { EnrolTotp } from "./enrol-totp";
import { RenewCodes } from "./renew-codes";
import { RemoveTotp } from "./remove-totp";

/** A code from an app beside the password, and what helps when the phone is lost. */
export function SecondFactorSettings() {
  const state = useQuery(secondFactorOptions);
  const [open, setOpen] = useState<"enrol" | "remove" | "codes" | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = (): void => setOpen(null);
  const show = (made: string[]): void => { close(); setCodes(made); };
  return (
    <Section title="Second factor">
      <p className="text-quiet">A code from an app on your phone, asked for after the password. Whoever learns your password then still stays outside.</p>
      {state.isPending ? <SkeletonRows count={1} className="h-20" /> : null}
      {state.isError ? <ErrorNote error={state.error} onRetry={() => void state.refetch()} /> : null}
      {state.data ? (
        <Card>
          <div className="flex flex-wrap items-center gap-3 px-4 py-3">
            <Smartphone size={18} className="text-quiet" aria-hidden />
            <div className="min-w-0 flex-1 basis-60">
              <p className="flex flex-wrap items-center gap-2 font-medium">Authenticator app {state.data.totp ? <Badge tone="positive">On</Badge> : <Badge>Off</Badge>}</p>
              <p className="text-xs text-quiet">{state.data.totp_since ? `since ${formatShortDate(state.data.totp_since)}` : "Any app for one-time codes will do, no account needed"}</p>
            </div>
            {state.data.totp ? <Button size="s" onClick={() => setOpen("remove")}>Switch off</Button> : <Button look="primary" size="s" onClick={() => setOpen("enrol")}>Set up</Button>}
          </div>
          {state.data.totp ? (
            <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3">
              <ShieldCheck size={18} className="text-quiet" aria-hidden />
              <div className="min-w-0 flex-1 basis-60">
                <p className="flex flex-wrap items-center gap-2 font-medium">Backup codes {state.data.backup_codes_left < 3 ? <Badge tone="warning">Few left</Badge> : null}</p>
                <p className="text-xs text-quiet">{plural(state.data.backup_codes_left, "code")} left for the day the phone is lost</p>
              </div>
              <Button size="s" onClick={() => setOpen("codes")}>Make new ones</Button>
            </div>
          ) : null}
        </Card>
      ) : null}
      {open === "enrol" ? <EnrolTotp onClose={close} onCodes={show} /> : null}
      {open === "remove" ? <RemoveTotp onClose={close} /> : null}
      {open === "codes" ? <RenewCodes onClose={close} onCodes={show} /> : null}
      {codes ? <BackupCodes codes={codes} onClose={() => setCodes(null)} /> : null}
    </Section>
  );
}
