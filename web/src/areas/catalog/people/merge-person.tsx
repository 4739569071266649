import { useQuery } from "@tanstack/react-query";
import { Merge } from "lucide-react";
import { useState } from "react";
import { catalogListPeople, catalogMergePeople, catalogUndoPeopleMerge, type PersonName } from "@/api";
import { plural } from "@/lib/format";
import { useSettled } from "@/lib/hooks";
import { useAction } from "@/lib/queries";
import { useCan } from "@/lib/session";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { FormDialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";

const TOUCHES = ["catalog", "library", "search", "activity"] as const;

export function useUndoPeopleMerge() {
  return useAction<string>({ run: (mergeId) => catalogUndoPeopleMerge({ path: { people_merge_id: mergeId } }), touches: TOUCHES, done: "Both people are back" });
}

/** Says who else is this person: they go, and their works are this one's. */
export function MergePerson({ person }: { person: PersonName }) {
  const can = useCan();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [other, setOther] = useState<string | null>(null);
  const q = useSettled(typed.trim(), 200);
  const found = useQuery({
    queryKey: [{ _id: "catalogListPeople", twinsOf: person.id, q }],
    queryFn: async ({ signal }) => (await catalogListPeople({ query: { q, limit: 9 }, signal })).data.items.filter((one) => one.id !== person.id),
    enabled: open && q.length > 1,
  });
  const undo = useUndoPeopleMerge();
  const merge = useAction({
    run: async (id: string) => (await catalogMergePeople({ path: { key: person.id }, body: { other: id } })).data,
    touches: TOUCHES,
    done: `Merged into “${person.name}”`,
    undo: (result) => ({ label: "Undo", run: () => undo.mutate(result.merge_id) }),
    onDone: () => show(false),
  });
  const show = (next: boolean): void => { setOpen(next); setTyped(""); setOther(null); };
  if (!can("catalog.title.merge")) return null;
  return (
    <>
      <Button icon={<Merge size={16} aria-hidden />} onClick={() => show(true)}>Merge</Button>
      <FormDialog open={open} onOpenChange={show} title={`Who else is ${person.name}?`} description={`Their works become works of ${person.name}; their own page goes.`}
        submit="Merge into one" busy={merge.isPending} disabled={other === null} onSubmit={() => { if (other) merge.mutate(other); }}>
        <Field label="Name"><Input value={typed} onChange={(event) => { setTyped(event.target.value); setOther(null); }} autoComplete="off" autoFocus /></Field>
        <div role="radiogroup" aria-label="The same person" className="flex min-h-16 flex-col gap-1">
          {found.data?.map((one) => (
            <label key={one.id} className="flex cursor-pointer items-center gap-3 rounded-lg p-2 hover:bg-sunken has-checked:bg-sunken">
              <input type="radio" name="twin" className="accent-accent" checked={other === one.id} onChange={() => setOther(one.id)} />
              <Avatar name={one.name} size={36} />
              <span className="min-w-0">
                <span className="block truncate font-medium">{one.name}{one.distinction ? ` (${one.distinction})` : ""}</span>
                <span className="text-xs text-quiet">{plural(one.titles_count, "work")}</span>
              </span>
            </label>
          ))}
          {found.data?.length === 0 ? <p className="p-2 text-quiet">Nobody else is called so.</p> : null}
        </div>
      </FormDialog>
    </>
  );
}
