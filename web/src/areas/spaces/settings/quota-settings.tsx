import { useQuery } from "@tanstack/react-query";
import type { QuotaRead } from "@/api";
import { formatNumber } from "@/lib/format";
import { Card, Section } from "@/ui/page";
import { Progress } from "@/ui/states";
import { quotasOptions } from "./data";

const NAMES = { members: "Members", titles: "Works", storage: "Storage" } as const;

function amount(quota: QuotaRead, value: number): string {
  if (quota.name !== "storage") return formatNumber(value);
  const mega = value / 1_000_000;
  return mega < 1000 ? `${formatNumber(Math.round(mega))} MB` : `${formatNumber(Math.round(mega / 100) / 10)} GB`;
}

/** How much of what the house allows is in use. */
export function QuotaSettings() {
  const quotas = useQuery(quotasOptions);
  if (!quotas.data) return null;
  return (
    <Section title="Room">
      <Card className="divide-y divide-line">
        {quotas.data.map((quota) => (
          <div key={quota.name} className="flex flex-col gap-2 px-4 py-3">
            <p className="flex justify-between gap-4"><span className="font-medium">{NAMES[quota.name]}</span><span className="text-quiet tabular">{amount(quota, quota.used)}{quota.limit === null ? "" : ` of ${amount(quota, quota.limit)}`}</span></p>
            {quota.limit === null ? null : <Progress label={`${NAMES[quota.name]} in use`} value={quota.limit === 0 ? 1 : quota.used / quota.limit} />}
          </div>
        ))}
      </Card>
    </Section>
  );
}
