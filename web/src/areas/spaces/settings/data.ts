import { queryOptions } from "@tanstack/react-query";
import { spacesGetSpace, spacesListDomains, spacesListFlags, spacesListIntegrations, spacesListQuotas } from "@/api";

export const settingsOptions = queryOptions({ queryKey: [{ _id: "spacesGetSpace" }], queryFn: async ({ signal }) => (await spacesGetSpace({ signal })).data });
export const domainsOptions = queryOptions({ queryKey: [{ _id: "spacesListDomains" }], queryFn: async ({ signal }) => (await spacesListDomains({ signal })).data.items });
export const quotasOptions = queryOptions({ queryKey: [{ _id: "spacesListQuotas" }], queryFn: async ({ signal }) => (await spacesListQuotas({ signal })).data.items });
export const flagsOptions = queryOptions({ queryKey: [{ _id: "spacesListFlags" }], queryFn: async ({ signal }) => (await spacesListFlags({ signal })).data.items });
export const integrationsOptions = queryOptions({ queryKey: [{ _id: "spacesListIntegrations" }], queryFn: async ({ signal }) => (await spacesListIntegrations({ signal })).data.items });
