import { DataExport } from "./data-export";
import { Erasure } from "./erasure";

/** What the house knows about me: to take along, and to have it forgotten. */
export function DataPage() {
  return (
    <>
      <DataExport />
      <Erasure />
    </>
  );
}
