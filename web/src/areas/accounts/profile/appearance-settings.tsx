import { Monitor, Moon, Sun } from "lucide-react";
import { theme } from "@/lib/theme";
import { RadioCards } from "@/ui/radio-cards";
import { Section } from "@/ui/page";

export function AppearanceSettings() {
  const choice = theme.use();
  return (
    <Section title="Look">
      <RadioCards
        label="Theme"
        value={choice}
        onChange={theme.set}
        className="sm:grid-cols-3"
        options={[
          { value: "system", label: "As the system", hint: "Follows the setting of this device", icon: <Monitor size={16} aria-hidden /> },
          { value: "light", label: "Light", hint: "Warm paper", icon: <Sun size={16} aria-hidden /> },
          { value: "dark", label: "Dark", hint: "Projection room", icon: <Moon size={16} aria-hidden /> },
        ]}
      />
    </Section>
  );
}
