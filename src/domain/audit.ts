/** What the audit log tells of: everything by which an organisation, or the deployment, is set up, opened, emptied or repaired. */
export const AUDIT_ACTIONS = [
  "org.created",
  "org.updated",
  "member.added",
  "member.invited",
  "member.joined",
  "member.role_changed",
  "member.removed",
  "invitation.withdrawn",
  "api_key.created",
  "api_key.rotated",
  "api_key.revoked",
  "site_key.created",
  "site_key.revoked",
  "webhook.created",
  "webhook.updated",
  "webhook.secret_rotated",
  "webhook.deleted",
  "analytics.settings_changed",
  "analytics.recount_started",
  "users.imported",
  "users.exported",
  "user.erased",
  "events.imported",
  "products.imported",
  "image.deleted",
  "audit.exported",
  "synonyms.replaced",
  "experiment.started",
  "experiment.described",
  "experiment.ended",
  "setting.changed",
  "index.rebuild_started",
  "dead_letter.redriven",
  "community.imported",
  "secrets.resealed",
  "blobs.listed",
  "operator.signed_in",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Of a deployment's own lines, which belong to no organisation. */
export const NO_ORG = "";

/** Lines are forgotten after so many days. The database itself refuses to delete any that is younger than a year. */
export const AUDIT_DAYS = 400;
