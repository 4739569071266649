import type { FlagRead } from "@/api";
import { flagName } from "@/lib/labels";
import { Select } from "./field";
import { Badge } from "./states";

interface FlagRowProps {
  flag: FlagRead;
  /** Where the choice holds: `in this space`. */
  where: string;
  /** What was chosen there; nothing leaves it to what stands above. */
  chosen: boolean | null | undefined;
  /** What holds without a choice: `As in the house: on`. */
  otherwise: string;
  disabled: boolean;
  onChoose: (enabled: boolean | null) => void;
}

/** A feature with what it does, whether it is on, and the choice. */
export function FlagRow({ flag, where, chosen, otherwise, disabled, onChoose }: FlagRowProps) {
  const name = flagName(flag.name);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex items-center gap-2 font-medium">{name}<Badge tone={flag.is_on ? "positive" : "plain"}>{flag.is_on ? "On" : "Off"}</Badge></p>
        <p className="text-xs text-quiet">{flag.description}</p>
      </div>
      <Select
        aria-label={`${name} ${where}`}
        className="w-52"
        disabled={disabled}
        value={chosen === null || chosen === undefined ? "" : String(chosen)}
        blank={otherwise}
        options={[{ value: "true", label: "On" }, { value: "false", label: "Off" }]}
        onValue={(value) => onChoose(value === "" ? null : value === "true")}
      />
    </li>
  );
}
