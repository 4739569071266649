const VERBS: Record<string, string> = {
  read: "see", create: "add", edit: "edit", edit_any: "edit those of others", delete: "delete", manage: "manage", merge: "merge", bulk_edit: "edit many at once", lend: "lend", decide: "decide", edit_default: "set for the house",
};
const THINGS: Record<string, string> = {
  "audit.activity": "the activity", "audit.entry": "the audit", "audit.retention": "how long the audit is kept", "catalog.title": "works", "catalog.draft": "drafts", "exchange.export": "exports", "exchange.import": "imports", "exchange.review": "the review queue",
  "files.file": "files", "library.copy": "copies", "library.library": "libraries", "library.note": "notes", "live.channel": "channels", "live.guide": "the guide", "live.schedule": "the schedule", "entitlements.package": "packages",
  "spaces.space": "the space", "spaces.invitation": "invitations", "spaces.member": "members", "spaces.role": "roles", "spaces.flag": "features", "spaces.integration": "integrations", "accounts.user": "users",
};

/** `catalog.title.edit_any` reads "Works: edit those of others". */
export function permissionWords(name: string): string {
  const at = name.lastIndexOf(".");
  const thing = name.slice(0, at);
  const verb = name.slice(at + 1);
  const words = `${THINGS[thing] ?? thing.replace(/^.*\./, "").replaceAll("_", " ")}: ${VERBS[verb] ?? verb.replaceAll("_", " ")}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
