import { useQuery } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { spacesListEffective } from "@/api";
import { permissionWords } from "@/lib/permissions";
import { Field, Select } from "@/ui/field";
import { ErrorNote, SkeletonRows } from "@/ui/states";
import { permissionsOptions } from "./data";

/** Why may they, or why not: the answer of the same rules that decide, in words. */
export function WhyAllowed({ userId, name }: { userId: string; name: string }) {
  const [permission, setPermission] = useState("");
  const permissions = useQuery(permissionsOptions);
  const answer = useQuery({
    queryKey: [{ _id: "spacesListEffective", userId, permission }],
    queryFn: async ({ signal }) => (await spacesListEffective({ query: { user_id: userId, permission }, signal })).data.items,
    enabled: permission !== "",
  });
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-serif text-base font-semibold">What may {name} do, and why?</h3>
      <Field label="Permission"><Select value={permission} blank="Choose one" options={permissions.data?.map((each) => ({ value: each.name, label: permissionWords(each.name) })) ?? []} onValue={setPermission} /></Field>
      {permission !== "" && answer.isPending ? <SkeletonRows count={2} className="h-8" /> : null}
      {answer.isError ? <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.data?.map((each) => (
        <div key={each.permission} className="rounded-lg border border-line p-3">
          <p className="flex items-center gap-2 font-medium">{each.allowed ? <Check size={18} className="text-positive" aria-hidden /> : <X size={18} className="text-danger" aria-hidden />}{each.allowed ? "Yes" : "No"}</p>
          <ul className="mt-1 flex list-disc flex-col gap-1 pl-5 text-quiet">{each.because.map((reason) => <li key={reason.words}>{reason.words}</li>)}</ul>
        </div>
      ))}
    </section>
  );
}
