import { useQuery, useQueryClient } from "@tanstack/react-query";
import { accountsResetUserPin, type MemberProfile } from "@/api";
import { asAdmin } from "@/lib/admin";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { ConfirmButton } from "@/ui/dialog";
import { Badge } from "@/ui/states";
import { profilesOptions, refreshAdmin } from "./admin-data";

/** The household of somebody; whose PIN nobody knows any more can be let in again. */
export function PersonProfiles({ id, mayManage }: { id: string; mayManage: boolean }) {
  const profiles = useQuery(profilesOptions(id)).data ?? [];
  if (profiles.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 font-serif text-base font-semibold">Profiles</h3>
      <ul className="flex flex-col gap-1.5">{profiles.map((each) => <Row key={each.id} userId={id} profile={each} mayManage={mayManage} />)}</ul>
    </section>
  );
}

function Row({ userId, profile, mayManage }: { userId: string; profile: MemberProfile; mayManage: boolean }) {
  const client = useQueryClient();
  const reset = useAction({
    run: () => asAdmin(accountsResetUserPin({ path: { user_id: userId, profile_id: profile.id } })),
    touches: [],
    done: `${profile.name} has no PIN any more`,
    onDone: () => refreshAdmin(client),
  });
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-2">
      <span className="min-w-0 flex-1 break-words">{profile.name}</span>
      {profile.pin_locked_until ? <Badge tone="warning">Locked</Badge> : profile.has_pin ? <Badge>PIN</Badge> : null}
      {mayManage && profile.has_pin ? (
        <ConfirmButton title={`Reset the PIN of ${profile.name}?`} confirm="Reset" onConfirm={() => reset.mutate()} button={(ask) => <Button size="s" busy={reset.isPending} onClick={ask}>Reset PIN</Button>}>
          Until the household sets another one, the password of the account leads out of a children&apos;s profile.
        </ConfirmButton>
      ) : null}
    </li>
  );
}
