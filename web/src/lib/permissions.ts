/** What the server grants, as `area.thing.verb`; only those that decide whether something is shown. */
export type Permission =
  | "audit.activity.read"
  | "catalog.title.bulk_edit"
  | "catalog.title.create"
  | "catalog.title.edit"
  | "catalog.title.merge"
  | "exchange.export.create"
  | "exchange.import.create"
  | "exchange.import.read"
  | "exchange.review.decide"
  | "library.copy.create"
  | "library.copy.lend"
  | "library.library.manage"
  | "library.note.create"
  | "spaces.invitation.create"
  | "spaces.member.manage"
  | "spaces.member.read"
  | "spaces.space.edit";
