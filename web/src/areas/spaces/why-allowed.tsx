import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { spacesListEffective } from "@/api";
import { permissionWords } from "@/lib/permissions";
import { Field, Select } from "@/ui/field";
import { ErrorNote, SkeletonRows } from "@/ui/states";
import { permissionsOptions } from "./data";
import { Verdict } from "./reasons";

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
      {answer.data?.map((each) => <Verdict key={each.permission} verdict={each} />)}
    </section>
  );
}
