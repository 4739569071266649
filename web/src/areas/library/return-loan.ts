import { libraryReturnCopy, type LoanRead } from "@/api";
import { useAction } from "@/lib/queries";

export async function returnLoan(id: string): Promise<LoanRead> {
  return (await libraryReturnCopy({ path: { loan_id: id } })).data;
}

/** Takes a lent copy back. */
export function useReturn() {
  return useAction<string, LoanRead>({
    run: returnLoan,
    touches: ["catalog", "library", "activity"],
    done: (loan) => `Back from ${loan.borrower}`,
  });
}
