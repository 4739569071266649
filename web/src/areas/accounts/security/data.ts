import { queryOptions } from "@tanstack/react-query";
import { accountsGetSecondFactor, accountsListPasskeys } from "@/api";

export const secondFactorOptions = queryOptions({
  queryKey: [{ _id: "accountsGetSecondFactor" }],
  queryFn: async ({ signal }) => (await accountsGetSecondFactor({ signal })).data,
});

export const passkeysOptions = queryOptions({
  queryKey: [{ _id: "accountsListPasskeys" }],
  queryFn: async ({ signal }) => (await accountsListPasskeys({ signal })).data.items,
});
