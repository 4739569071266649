import type { AuditSearch } from "@/areas/audit/data";
import { HouseAudit } from "@/areas/audit/house-audit-page";
import { AdminGate } from "@/areas/house/admin-gate";

export function HouseAuditPage({ search }: { search: AuditSearch }) {
  return <AdminGate needs="audit.house.read">{() => <HouseAudit search={search} />}</AdminGate>;
}
