import { useQuery } from "@tanstack/react-query";
import { UserRound, UsersRound } from "lucide-react";
import { useState } from "react";
import { type GrantRead, spacesGiveGrant, spacesTakeGrant } from "@/api";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field, Select } from "@/ui/field";
import { ErrorNote, FormError, SkeletonRows } from "@/ui/states";
import { membersOptions, permissionsOptions, teamsOptions } from "../data";
import { Verdict } from "../reasons";
import { grantsOptions, type Thing, verdictsOptions, wordsHere } from "./thing";

/** Who may do what with this one thing besides those whose role allows it for all. */
export function ShareDialog({ thing, onClose }: { thing: Thing; onClose: () => void }) {
  const grants = useQuery(grantsOptions(thing));
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title={`Share “${thing.label}”`} description="Let a member or a team do more with it than their roles allow. It holds from their next click on." footer={<Button look="primary" onClick={onClose}>Done</Button>}>
      <div className="flex flex-col gap-6">
        {grants.isPending ? <SkeletonRows count={2} /> : null}
        {grants.isError ? <ErrorNote error={grants.error} onRetry={() => void grants.refetch()} /> : null}
        {grants.data?.length === 0 ? <p className="text-quiet">Shared with nobody yet.</p> : null}
        {grants.data && grants.data.length > 0 ? <ul aria-label="Shared with" className="divide-y divide-line rounded-lg border border-line">{grants.data.map((grant) => <Row key={grant.id} grant={grant} />)}</ul> : null}
        <Give thing={thing} />
        <Why thing={thing} />
      </div>
    </Dialog>
  );
}

function Row({ grant }: { grant: GrantRead }) {
  const take = useAction({ run: () => spacesTakeGrant({ path: { grant_id: grant.id } }), touches: ["spaces", "catalog", "library", "audit"], done: `Taken back from ${grant.holder}` });
  const Icon = grant.team_id ? UsersRound : UserRound;
  return (
    <li className="flex items-center gap-3 px-3 py-2.5">
      <Icon size={18} className="shrink-0 text-quiet" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{grant.holder}{grant.team_id ? <span className="font-normal text-quiet"> (team)</span> : null}</p>
        <p className="text-xs text-quiet">{wordsHere(grant.kind, grant.permission)}</p>
      </div>
      <Button size="s" look="quiet" aria-label={`Take it back from ${grant.holder}: ${wordsHere(grant.kind, grant.permission)}`} busy={take.isPending} onClick={() => take.mutate()}>Take back</Button>
    </li>
  );
}

function Give({ thing }: { thing: Thing }) {
  const members = useQuery(membersOptions);
  const teams = useQuery(teamsOptions);
  const possible = useQuery(permissionsOptions).data?.filter((each) => each.kinds.includes(thing.kind)) ?? [];
  const [holder, setHolder] = useState("");
  const [chosen, setChosen] = useState("");
  const permission = chosen === "" ? (possible[0]?.name ?? "") : chosen;
  const give = useAction({
    inline: true,
    run: async () => {
      const [what, id] = holder.split(" ");
      return (await spacesGiveGrant({ body: { ...(what === "team" ? { team_id: id ?? null } : { member_id: id ?? null }), permission, kind: thing.kind, id: thing.id } })).data;
    },
    touches: ["spaces", "catalog", "library", "audit"],
    done: (grant) => `Shared with ${grant.holder}`,
    onDone: () => setHolder(""),
  });
  const holders = [
    ...(teams.data ?? []).map((team) => ({ value: `team ${team.id}`, label: `${team.name} (team)` })),
    ...(members.data ?? []).map((member) => ({ value: `member ${member.id}`, label: member.name })),
  ];
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); give.mutate(); }}>
      <FormError error={give.error} />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Share with"><Select value={holder} blank="A member or a team" options={holders} onValue={setHolder} /></Field>
        <Field label="They may"><Select value={permission} options={possible.map(({ name }) => ({ value: name, label: wordsHere(thing.kind, name) }))} onValue={setChosen} /></Field>
      </div>
      <div><Button type="submit" busy={give.isPending} disabled={holder === "" || permission === ""}>Share</Button></div>
    </form>
  );
}

/** Nobody should have to guess what roles, teams and single permissions come to. */
function Why({ thing }: { thing: Thing }) {
  const members = useQuery(membersOptions);
  const [userId, setUserId] = useState("");
  const verdicts = useQuery(verdictsOptions(thing, userId));
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-5">
      <h3 className="font-serif text-base font-semibold">Who may do what here, and why?</h3>
      <Field label="Member"><Select value={userId} blank="Choose one" options={members.data?.map((member) => ({ value: member.user_id, label: member.name })) ?? []} onValue={setUserId} /></Field>
      {userId !== "" && verdicts.isPending ? <SkeletonRows count={1} /> : null}
      {verdicts.isError ? <ErrorNote error={verdicts.error} onRetry={() => void verdicts.refetch()} /> : null}
      {verdicts.data?.map((each) => <Verdict key={each.permission} verdict={each} title={wordsHere(thing.kind, each.permission)} />)}
    </section>
  );
}
