import { queryOptions } from "@tanstack/react-query";
import { accountsListProfiles, spacesListFlags, watchListHistory, watchListPlayers } from "@/api";
import { feedOptions } from "@/lib/feed";
import { feedKey } from "@/lib/queries";

export const playersOptions = queryOptions({
  queryKey: [{ _id: "watchListPlayers" }],
  queryFn: async ({ signal }) => (await watchListPlayers({ signal })).data.items,
});

export const historyFeed = feedOptions(feedKey("watchListHistory"), async (cursor, signal) =>
  (await watchListHistory({ query: cursor ? { cursor } : {}, signal })).data);

/** Whose limits a player can have. */
export const profilesOptions = queryOptions({
  queryKey: [{ _id: "accountsListProfiles" }],
  queryFn: async ({ signal }) => (await accountsListProfiles({ signal })).data.items,
});

/** Whether players may be offered as network tuners in this space. */
export const tunerOptions = queryOptions({
  queryKey: [{ _id: "spacesListFlags", only: "live.hdhomerun" }],
  queryFn: async ({ signal }) => (await spacesListFlags({ signal })).data.items.some((one) => one.name === "live.hdhomerun" && one.is_on),
});
