import { queryOptions, skipToken, useQuery } from "@tanstack/react-query";
import { liveReadProgramme, type ScheduleRead } from "@/api";

const entryOptions = (id: string | undefined) => queryOptions({
  queryKey: [{ _id: "liveReadProgramme", id, isEntry: true }],
  queryFn: id === undefined ? skipToken : async ({ signal }): Promise<ScheduleRead> => {
    const { data } = await liveReadProgramme({ path: { programme_id: id }, signal });
    return { ...data, source_name: null, template_on: null };
  },
  retry: false,
});

/** The entry that is to recur: undefined if none is asked for or there is none, null until it has come. */
export function useRepeated(id: string | undefined): ScheduleRead | null | undefined {
  const found = useQuery(entryOptions(id));
  return id === undefined || found.isError ? undefined : (found.data ?? null);
}
