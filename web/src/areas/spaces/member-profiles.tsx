import { useQuery } from "@tanstack/react-query";
import { type MemberProfile, spacesListMemberProfiles, spacesResetMemberPin } from "@/api";
import { formatDateTime } from "@/lib/format";
import { useAction } from "@/lib/queries";
import { Button } from "@/ui/button";
import { ConfirmButton } from "@/ui/dialog";
import { Portrait } from "@/ui/portrait";
import { Badge } from "@/ui/states";

/** The household behind a member; a forgotten PIN is taken away here. */
export function MemberProfiles({ userId }: { userId: string }) {
  const profiles = useQuery({ queryKey: [{ _id: "spacesListMemberProfiles", userId }], queryFn: async ({ signal }) => (await spacesListMemberProfiles({ path: { user_id: userId }, signal })).data.items });
  if (!profiles.data || profiles.data.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 font-serif text-base font-semibold">Profiles</h3>
      <ul className="divide-y divide-line rounded-lg border border-line">{profiles.data.map((profile) => <Row key={profile.id} userId={userId} profile={profile} />)}</ul>
    </section>
  );
}

function Row({ userId, profile }: { userId: string; profile: MemberProfile }) {
  const reset = useAction({ run: () => spacesResetMemberPin({ path: { user_id: userId, profile_id: profile.id } }), touches: ["spaces", "accounts"], done: `${profile.name} has no PIN any more` });
  return (
    <li className="flex items-center gap-3 px-3 py-2.5">
      <Portrait name={profile.avatar} size={36} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">{profile.name}{profile.is_kids ? <Badge>Child</Badge> : null}{profile.pin_locked_until ? <Badge tone="warning">Locked</Badge> : null}</p>
        <p className="text-xs text-quiet">{profile.pin_locked_until ? `no PIN is tried until ${formatDateTime(profile.pin_locked_until)}` : profile.has_pin ? "with a PIN" : "without a PIN"}</p>
      </div>
      {profile.has_pin ? (
        <ConfirmButton title={`Reset the PIN of ${profile.name}?`} confirm="Reset" look="primary" onConfirm={() => reset.mutate()} button={(ask) => <Button size="s" busy={reset.isPending} onClick={ask}>Reset PIN</Button>}>
          Anyone with this account can then enter the profile, until it gets a new PIN.
        </ConfirmButton>
      ) : null}
    </li>
  );
}
