import { ALLOWED } from "../../domain/access.ts";
import type { Permission } from "../../domain/access.ts";
import type { Role } from "../../domain/actor.ts";

export type OrgSection = "dashboard" | "members" | "keys" | "site-keys" | "webhooks" | "audit" | "settings";

const SECTIONS: readonly { section: OrgSection; label: string; path: string; needs: Permission }[] = [
  { section: "dashboard", label: "Dashboard", path: "", needs: "stats:read" },
  { section: "members", label: "Members", path: "/members", needs: "members:read" },
  { section: "keys", label: "Keys", path: "/keys", needs: "keys:read" },
  { section: "site-keys", label: "Site keys", path: "/site-keys", needs: "keys:read" },
  { section: "webhooks", label: "Webhooks", path: "/webhooks", needs: "webhooks:write" },
  { section: "audit", label: "Audit log", path: "/audit", needs: "audit:read" },
  { section: "settings", label: "Settings", path: "/settings", needs: "org:write" },
];

interface Props {
  org: { slug: string; name: string };
  /** What the asking person is there: sections that the role does not allow are left out. */
  role: Role;
  current: OrgSection;
}

export function orgHref(slug: string, path = ""): string {
  return `/orgs/${encodeURIComponent(slug)}${path}`;
}

/** The name of an organisation above the ways to its pages; the page's own `h1` follows below. */
export function OrgNav({ org, role, current }: Props) {
  const shown = SECTIONS.filter(({ needs }) => ALLOWED[role].includes(needs));
  return (
    <div class="org-head">
      <p class="org-name">
        <a class="org-all" href="/orgs">
          Organisations
        </a>
        <span class="org-slash" aria-hidden="true">
          /
        </span>
        <strong>{org.name}</strong>
      </p>
      <nav class="org-nav" aria-label="Organisation">
        <ul>
          {shown.map(({ section, label, path }) => (
            <li>
              <a href={orgHref(org.slug, path)} aria-current={section === current ? "page" : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
