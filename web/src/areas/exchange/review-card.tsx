import { Link } from "@tanstack/react-router";
import { Check, Plus, Search, X } from "lucide-react";
import { useState } from "react";
import { libraryBrowseTitles, exchangeDecideRow, type ReviewRead, type RowCandidate, type TitleCard } from "@/api";
import { useQuery } from "@tanstack/react-query";
import { useSettled } from "@/lib/hooks";
import { humanise, KINDS } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { asWords } from "@/lib/words";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Field, Input } from "@/ui/field";
import { Card } from "@/ui/page";
import { Thumb } from "@/ui/poster/poster";
import { Badge, Skeleton } from "@/ui/states";
import { candidateOptions } from "./data";

type Decision = { decision: "accept" | "create" | "skip" } | { decision: "choose"; title_id: string };

const SAID = { accept: "Accepted", choose: "Chosen", create: "Added as a work of its own", skip: "Skipped" } as const;

/** The row as it stood in the file, beside the works it could be. */
export function ReviewCard({ entry }: { entry: ReviewRead }) {
  const [isSearching, setSearching] = useState(false);
  const decide = useAction<Decision>({
    run: (body) => exchangeDecideRow({ path: { review_id: entry.id }, body }),
    touches: ["exchange", "catalog", "library", "activity"],
    done: (_, { decision }) => SAID[decision],
  });
  const choose = (title: Pick<TitleCard, "id">): void => decide.mutate(title.id === entry.suggested ? { decision: "accept" } : { decision: "choose", title_id: title.id });
  const cells = Object.entries(entry.source_row).filter(([, value]) => value !== null && value !== "");
  return (
    <Card className={cn("grid grid-cols-1 md:grid-cols-[2fr_3fr]", decide.isPending && "opacity-60")}>
      <div className="border-b border-line p-4 md:border-r md:border-b-0">
        <h2 className="mb-2 text-xs font-medium text-quiet">
          <Link to="/imports/$importId" params={{ importId: entry.import_id }} className="hover:underline">{entry.filename || "Pasted lines"}, line {entry.line}</Link>
        </h2>
        <dl className="flex flex-col gap-1">
          {cells.slice(0, 10).map(([name, value]) => (
            <div key={name} className="flex gap-3">
              <dt className="w-28 shrink-0 truncate text-quiet">{humanise(name)}</dt>
              <dd className="min-w-0 break-words">{asWords(value)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="flex flex-col gap-3 p-4">
        <h3 className="text-xs font-medium text-quiet">Which work is it? <span className="font-normal">{entry.message}</span></h3>
        <ul className="flex flex-col gap-1">
          {entry.candidates.map((candidate) => (
            <li key={candidate.title_id}>
              <Candidate candidate={candidate} isSuggested={candidate.title_id === entry.suggested} disabled={decide.isPending} onTake={choose} />
            </li>
          ))}
        </ul>
        {isSearching ? <SearchAgain initial={asWords(cells.find(([name]) => /title|name/i.test(name))?.[1] ?? "")} onTake={choose} disabled={decide.isPending} /> : null}
        <div className="flex flex-wrap gap-2">
          {isSearching ? null : <Button size="s" look="quiet" icon={<Search size={14} aria-hidden />} onClick={() => setSearching(true)}>Another work</Button>}
          <Button size="s" look="quiet" icon={<Plus size={14} aria-hidden />} disabled={decide.isPending} onClick={() => decide.mutate({ decision: "create" })}>None of these, add it</Button>
          <Button size="s" look="quiet" icon={<X size={14} aria-hidden />} disabled={decide.isPending} onClick={() => decide.mutate({ decision: "skip" })}>Skip the row</Button>
        </div>
      </div>
    </Card>
  );
}

interface CandidateProps {
  title: Pick<TitleCard, "id" | "title" | "year" | "kind" | "people" | "poster">;
  score?: number;
  reasons?: readonly string[];
  isSuggested?: boolean;
  disabled: boolean;
  onTake: () => void;
}

function CandidateRow({ title, score, reasons = [], isSuggested = false, disabled, onTake }: CandidateProps) {
  return (
    <div className={cn("flex items-center gap-3 rounded-lg p-2", isSuggested && "bg-accent-soft")}>
      <Thumb work={title} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{title.title}</p>
        <p className="truncate text-xs text-quiet tabular">{[title.year, KINDS[title.kind], title.people].filter(Boolean).join(" · ")}</p>
        {reasons.length > 0 ? <p className="truncate text-xs text-quiet">{reasons.map(humanise).join(", ")}</p> : null}
      </div>
      {score === undefined ? null : <Badge tone={score >= 85 ? "positive" : "plain"}>{score} %</Badge>}
      <Button size="s" look={isSuggested ? "primary" : "plain"} icon={<Check size={14} aria-hidden />} disabled={disabled} aria-label={`It is ${title.title}${title.year ? ` of ${title.year}` : ""}`} onClick={onTake}>It is this</Button>
    </div>
  );
}

/** The engine knows works by their id only; what they look like comes from the catalogue. */
function Candidate({ candidate, isSuggested, disabled, onTake }: { candidate: RowCandidate; isSuggested: boolean; disabled: boolean; onTake: (title: Pick<TitleCard, "id">) => void }) {
  const title = useQuery(candidateOptions(candidate.title_id));
  if (title.isPending) return <Skeleton className="h-16" />;
  if (!title.data) return <p className="p-2 text-quiet">This work was deleted meanwhile.</p>;
  const work = title.data;
  return <CandidateRow title={work} score={candidate.score} reasons={candidate.reasons} isSuggested={isSuggested} disabled={disabled} onTake={() => onTake(work)} />;
}

function SearchAgain({ initial, onTake, disabled }: { initial: string; onTake: (title: TitleCard) => void; disabled: boolean }) {
  const [text, setText] = useState(initial === "–" ? "" : initial);
  const settled = useSettled(text.trim(), 250);
  const found = useQuery({
    queryKey: [{ _id: "catalogListTitles", pick: settled }],
    queryFn: async ({ signal }) => (await libraryBrowseTitles({ query: { q: settled, limit: 6 }, signal })).data.items,
    enabled: settled.length > 1,
  });
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line p-3">
      <Field label="Search the catalogue"><Input type="search" autoFocus value={text} onChange={(event) => setText(event.target.value)} /></Field>
      {found.data?.map((title) => <CandidateRow key={title.id} title={title} disabled={disabled} onTake={() => onTake(title)} />)}
      {found.data?.length === 0 ? <p className="text-quiet">No work of that name.</p> : null}
    </div>
  );
}
