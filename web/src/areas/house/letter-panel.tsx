import { useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { accountsGetLetter, accountsRetryLetter, type LetterSummary } from "@/api";
import { formatDateTime } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { CopyText } from "@/ui/copy-text";
import { Fact, Facts } from "@/ui/facts";
import { SidePanel } from "@/ui/side-panel";
import { ErrorNote, SkeletonRows } from "@/ui/states";
import { LETTER_STATES, letterName } from "./letter-data";

const LINK = /https?:\/\/\S+/;

export function LetterPanel({ letter, onClose }: { letter: LetterSummary; onClose: () => void }) {
  const path = { letter_id: letter.id };
  const full = useQuery({ queryKey: [{ _id: "accountsGetLetter", id: letter.id }], queryFn: async ({ signal }) => (await accountsGetLetter({ path, signal })).data });
  const retry = useAction({ run: () => accountsRetryLetter({ path }), touches: ["accounts"], done: "It is tried again", onDone: onClose });
  const link = full.data?.text ? LINK.exec(full.data.text)?.[0] : undefined;
  const shown = full.data ?? letter;
  return (
    <SidePanel
      label={`Letter to ${letter.receiver}`}
      onClose={onClose}
      title={<><p className="font-serif text-lg font-semibold">{full.data?.subject ?? letterName(letter)}</p><p className="text-quiet break-all">to {letter.receiver}</p></>}
      footer={shown.state === "failed" || shown.state === "held" ? <Button icon={<RotateCw size={16} aria-hidden />} busy={retry.isPending} onClick={() => retry.mutate()}>Try to send it</Button> : null}
    >
      <Facts>
        <Fact name="State">{LETTER_STATES[shown.state]}</Fact>
        <Fact name="Written">{formatDateTime(shown.created_at)}</Fact>
        {shown.sent_at ? <Fact name="Sent">{formatDateTime(shown.sent_at)}</Fact> : null}
        {shown.next_try_at ? <Fact name="Next try">{formatDateTime(shown.next_try_at)}</Fact> : null}
        {shown.expires_at ? <Fact name="Its link ends">{formatDateTime(shown.expires_at)}</Fact> : null}
        {shown.attempts > 0 ? <Fact name="Tries">{shown.attempts}</Fact> : null}
        {shown.error ? <Fact name="Mail server">{shown.error}</Fact> : null}
      </Facts>
      {full.isPending ? <SkeletonRows count={4} /> : null}
      {full.isError ? <ErrorNote error={full.error} onRetry={() => void full.refetch()} /> : null}
      {link ? <CopyText label="Link of the letter" text={link} /> : null}
      {full.data?.text ? <div className="rounded-lg bg-sunken p-4 break-words whitespace-pre-wrap">{full.data.text}</div> : null}
      {full.data && !full.data.text ? <p className="text-quiet">What it said is not kept: it was sent, or its link has ended.</p> : null}
    </SidePanel>
  );
}
