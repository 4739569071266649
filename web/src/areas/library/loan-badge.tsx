import type { LoanRead } from "@/api";
import { formatShortDate } from "@/lib/format";
import { Badge } from "@/ui/states";

/** Who has a copy, and since when, or by when it should have come back. */
export function LoanBadge({ loan }: { loan: LoanRead }) {
  if (loan.is_overdue && loan.due_on) return <Badge tone="danger">{loan.borrower}, due {formatShortDate(loan.due_on)}</Badge>;
  return <Badge tone="accent">{loan.borrower}{loan.lent_on ? `, since ${formatShortDate(loan.lent_on)}` : ""}</Badge>;
}
