import { useQuery, useQueryClient } from "@tanstack/react-query";
import { accountsActivateUser, accountsResetSecondFactor, accountsSignUserOut, accountsSuspendUser, type AdministratorRead } from "@/api";
import { asAdmin } from "@/lib/admin";
import { formatAgo, formatDate } from "@/lib/format";
import { humanise, labelOf, ROLES } from "@/lib/labels";
import { useAction } from "@/lib/queries";
import { useUser } from "@/lib/session";
import { Button } from "@/ui/button";
import { ConfirmButton } from "@/ui/dialog";
import { Fact, Facts } from "@/ui/facts";
import { SidePanel } from "@/ui/side-panel";
import { Badge, ErrorNote, SkeletonRows } from "@/ui/states";
import { personOptions, refreshAdmin } from "./admin-data";
import { HouseRole } from "./house-role";
import { PersonProfiles } from "./person-profiles";

interface PersonPanelProps {
  id: string;
  name: string;
  admin: AdministratorRead;
  onClose: () => void;
}

export function PersonPanel({ id, name, admin, onClose }: PersonPanelProps) {
  const me = useUser();
  const client = useQueryClient();
  const person = useQuery(personOptions(id));
  const path = { user_id: id };
  const refresh = (): void => refreshAdmin(client);
  const mayManage = admin.permissions.includes("accounts.user.manage");
  const suspend = useAction({ run: () => asAdmin(accountsSuspendUser({ path })), touches: [], done: `${name} is suspended and signed out everywhere`, onDone: refresh });
  const activate = useAction({ run: () => asAdmin(accountsActivateUser({ path })), touches: [], done: `${name} may sign in again`, onDone: refresh });
  const signOut = useAction({ run: () => asAdmin(accountsSignUserOut({ path })), touches: [], done: `${name} is signed out everywhere`, onDone: refresh });
  const reset = useAction({ run: () => asAdmin(accountsResetSecondFactor({ path })), touches: [], done: `${name} signs in with the password alone`, onDone: refresh });
  const known = person.data;
  return (
    <SidePanel label={`Account of ${name}`} onClose={onClose} title={<><p className="font-serif text-lg font-semibold">{name}</p><p className="truncate text-quiet">{known?.email}</p></>}>
      {person.isPending ? <SkeletonRows count={6} className="h-6" /> : null}
      {person.isError ? <ErrorNote error={person.error} onRetry={() => void person.refetch()} /> : null}
      {known ? (
        <>
          <Facts>
            <Fact name="Status"><Badge tone={known.status === "active" ? "positive" : "danger"}>{humanise(known.status)}</Badge></Fact>
            <Fact name="Address">{known.is_verified ? "confirmed" : "not confirmed"}</Fact>
            {known.role ? <Fact name="Role in the house">{humanise(known.role)}</Fact> : null}
            <Fact name="Signed up">{formatDate(known.created_at)}</Fact>
            <Fact name="Last sign-in">{known.last_login_at ? formatAgo(known.last_login_at) : "never"}</Fact>
            <Fact name="Second factor">{known.has_second_factor ? "on" : "off"}</Fact>
            <Fact name="Devices">{known.sessions.length}</Fact>
            <Fact name="API keys">{known.api_keys}</Fact>
            <Fact name="Spaces">{known.memberships.map((each) => `${each.name} (${labelOf(ROLES, each.role)})`).join(", ") || "none"}</Fact>
          </Facts>
          {mayManage && id !== me.id ? (
            <div className="flex flex-wrap gap-2">
              {known.status === "active" ? (
                <ConfirmButton title={`Suspend ${name}?`} confirm="Suspend" onConfirm={() => suspend.mutate()} button={(ask) => <Button look="danger" busy={suspend.isPending} onClick={ask}>Suspend</Button>}>They are signed out everywhere at once, and their keys stop working.</ConfirmButton>
              ) : <Button look="primary" busy={activate.isPending} onClick={() => activate.mutate()}>Let them in again</Button>}
              <Button busy={signOut.isPending} onClick={() => signOut.mutate()}>Sign out everywhere</Button>
              {known.has_second_factor ? <ConfirmButton title="Reset the second factor?" confirm="Reset" onConfirm={() => reset.mutate()} button={(ask) => <Button busy={reset.isPending} onClick={ask}>Reset second factor</Button>}>Be sure who asks: the password alone then opens the account.</ConfirmButton> : null}
            </div>
          ) : null}
          {admin.role === "owner" && id !== me.id ? <HouseRole key={known.role ?? "none"} id={id} name={name} role={known.role} onSaved={refresh} /> : null}
          <PersonProfiles id={id} mayManage={mayManage} />
          {known.activity.length > 0 ? (
            <section>
              <h3 className="mb-2 font-serif text-base font-semibold">Lately</h3>
              <ol className="flex flex-col gap-1.5">{known.activity.map((each, index) => <li key={index} className="flex gap-3"><span className="min-w-0 flex-1 break-words">{each.label}<span className="block text-xs text-quiet">{humanise(each.kind.replace(/^.*\./, ""))}</span></span><time dateTime={each.at} className="shrink-0 text-xs text-quiet">{formatAgo(each.at)}</time></li>)}</ol>
            </section>
          ) : null}
        </>
      ) : null}
    </SidePanel>
  );
}
