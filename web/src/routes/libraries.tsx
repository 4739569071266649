import { lazy, Suspense, useState } from "react";
import type { LibraryRead } from "@/api";
import { LibrariesPage } from "@/areas/library/libraries-page";
import { useCan } from "@/lib/session";

const ShareDialog = lazy(async () => ({ default: (await import("@/areas/spaces/share/share-dialog")).ShareDialog }));

/** The libraries, and who may do what with one of them. */
export function LibrariesRoute() {
  const mayShare = useCan()("spaces.role.manage");
  const [shared, setShared] = useState<LibraryRead | null>(null);
  return (
    <>
      <LibrariesPage onShare={mayShare ? setShared : undefined} />
      {shared ? <Suspense fallback={null}><ShareDialog thing={{ kind: "library", id: shared.id, label: shared.name }} onClose={() => setShared(null)} /></Suspense> : null}
    </>
  );
}
