/** The two pages of the schedule. */
export const SUBPAGES = [{ to: "/schedule", label: "Schedule" }, { to: "/schedule/templates", label: "Templates" }] as const;
