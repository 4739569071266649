import { AdminGate } from "./admin-gate";
import { People } from "./people";
import { SupportVisits } from "./support-visits";

/** Where those who look after the house help its people. */
export function DeskPage() {
  return (
    <>
      <AdminGate needs="accounts.user.read">{(admin) => <People admin={admin} />}</AdminGate>
      <SupportVisits />
    </>
  );
}
