import { Download } from "lucide-react";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

/** Shown once. Saved as a file by the browser alone: the codes travel nowhere again. */
export function BackupCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const save = (): void => {
    const url = URL.createObjectURL(new Blob([`Backup codes of Mediatheque, ${location.host}\nEach works once.\n\n${codes.join("\n")}\n`], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "mediatheque-backup-codes.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      title="Your backup codes"
      description="For the day your phone is lost. Each works once. Keep them where the phone is not: they are shown this once."
      footer={<><Button icon={<Download size={16} aria-hidden />} onClick={save}>Save as a file</Button><Button look="primary" onClick={onClose}>I have kept them</Button></>}
    >
      <ol aria-label="Backup codes" className="flex flex-col items-center gap-1.5 rounded-lg bg-sunken p-4 font-mono text-sm whitespace-nowrap">{codes.map((code) => <li key={code}>{code}</li>)}</ol>
    </Dialog>
  );
}
