/** "Firefox on Linux" out of a user agent; the whole line when it is none we know. */
export function deviceName(agent: string): string {
  if (!agent) return "Unknown device";
  const browsers = [["Edg/", "Edge"], ["OPR/", "Opera"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]] as const;
  const systems = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Android", "Android"], ["Mac OS X", "Mac"], ["Windows", "Windows"], ["Linux", "Linux"]] as const;
  const browser = browsers.find(([mark]) => agent.includes(mark))?.[1];
  const system = systems.find(([mark]) => agent.includes(mark))?.[1];
  if (!browser && !system) return agent.slice(0, 60);
  return [browser ?? "A browser", system ? `on ${system}` : ""].join(" ").trim();
}
