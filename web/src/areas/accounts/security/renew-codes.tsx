import { accountsMakeBackupCodes } from "@/api";
import { useAction } from "@/lib/queries";
import { Confirm } from "@/ui/dialog";

export function RenewCodes({ onClose, onCodes }: { onClose: () => void; onCodes: (codes: string[]) => void }) {
  const make = useAction({ run: async () => (await accountsMakeBackupCodes()).data, touches: ["accounts"], onDone: ({ backup_codes }) => onCodes(backup_codes) });
  return (
    <Confirm open onOpenChange={(open) => { if (!open) onClose(); }} title="Make new backup codes?" confirm="Make new ones" look="primary" busy={make.isPending} onConfirm={() => make.mutate()}>
      The old ones work no more.
    </Confirm>
  );
}
