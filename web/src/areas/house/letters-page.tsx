import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Mail, MailCheck } from "lucide-react";
import { useState } from "react";
import { accountsWriteTestLetter, type LetterSummary } from "@/api";
import { formatAgo, formatDateTime } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { ToggleChip } from "@/ui/chip";
import { FeedList } from "@/ui/feed-list";
import { Card, Page } from "@/ui/page";
import { Badge, Empty, SkeletonRows } from "@/ui/states";
import { LETTER_STATES, letterFeed, letterName, type LetterState, postOptions } from "./letter-data";
import { LetterPanel } from "./letter-panel";

const TONES = { waiting: "plain", held: "warning", sent: "positive", failed: "danger" } as const;

/** What the house wrote to people. Without a mail server its owner passes the letters on. */
export function LettersPage({ state }: { state: LetterState | undefined }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<LetterSummary | null>(null);
  const post = useQuery(postOptions);
  const feed = useInfiniteQuery(letterFeed(state));
  const test = useAction({ run: () => accountsWriteTestLetter(), touches: ["accounts"], done: "A letter to you is on its way" });
  const choose = (next: LetterState | undefined): void => void navigate({ to: "/letters", search: next ? { state: next } : {}, replace: true });
  return (
    <Page title="Letters" width="text" summary="What this house wrote to people, and what became of it" actions={<Button icon={<MailCheck size={16} aria-hidden />} busy={test.isPending} onClick={() => test.mutate()}>Write a test letter</Button>}>
      {post.data && !post.data.is_sending ? (
        <p className="rounded-lg bg-warning-soft p-4"><strong className="font-medium">This house has no mail server.</strong> Letters wait here until you pass them on: open one and send its link to the person. To have them sent, set <code>MEDIATHEQUE_SMTP_URL</code>.</p>
      ) : null}
      <div className="flex flex-wrap gap-2" role="group" aria-label="Show">
        <ToggleChip on={state === undefined} onClick={() => choose(undefined)}>All</ToggleChip>
        {(Object.keys(LETTER_STATES) as LetterState[]).map((each) => <ToggleChip key={each} on={state === each} onClick={() => choose(each)}>{LETTER_STATES[each]}</ToggleChip>)}
      </div>
      <FeedList feed={feed} waiting={<SkeletonRows count={5} />} more="Show earlier"
        empty={<Empty icon={<Mail size={20} aria-hidden />} title="No letters">{state ? "None is in this state." : "Invitations, new passwords and confirmations show here."}</Empty>}>
        {(letters) => (
          <Card>
            <ul className="divide-y divide-line">
              {letters.map((letter) => (
                <li key={letter.id}>
                  <button type="button" onClick={() => setOpen(letter)} className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 text-left -outline-offset-2 transition-colors hover:bg-sunken/60">
                    <span className="min-w-0 flex-1 basis-52">
                      <span className="block font-medium">{letterName(letter)}</span>
                      <span className="block truncate text-xs text-quiet">to {letter.receiver}</span>
                    </span>
                    <Badge tone={TONES[letter.state]}>{LETTER_STATES[letter.state]}</Badge>
                    <time dateTime={letter.created_at} title={formatDateTime(letter.created_at)} className="text-xs text-quiet sm:w-28 sm:text-right">{formatAgo(letter.created_at)}</time>
                  </button>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </FeedList>
      {open ? <LetterPanel letter={open} onClose={() => setOpen(null)} /> : null}
    </Page>
  );
}
