import type { Child } from "hono/jsx";
import type { Role } from "../../domain/actor.ts";
import { Layout } from "./layout.tsx";
import { Done } from "./notice.tsx";
import { OrgNav } from "./org-nav.tsx";
import type { OrgSection } from "./org-nav.tsx";

/** The organisation a page is about, as the asking person sees it. */
export interface OrgOfPage {
  id: string;
  slug: string;
  name: string;
  role: Role;
}

interface Props {
  title: string;
  lead?: Child;
  org?: OrgOfPage;
  section?: OrgSection;
  failed?: boolean;
  done?: string | undefined;
  narrow?: boolean;
  children?: Child;
}

/** The frame of the pages of people and organisations: sub-navigation where there is an organisation, and a heading. */
export function Desk({ title, lead, org, section, failed = false, done, narrow = false, children }: Props) {
  const whole = `${failed ? "Error: " : ""}${title}${org === undefined ? "" : ` · ${org.name}`} · Vitrine`;
  return (
    <Layout head={{ title: whole, description: title, indexed: false }} bundle="account">
      {org === undefined || section === undefined ? null : (
        <OrgNav org={org} role={org.role} current={section} />
      )}
      <div class={`desk${narrow ? " desk-narrow" : ""}${org === undefined ? " desk-top" : ""}`}>
        <div class="desk-head">
          <div>
            <h1>{title}</h1>
            {lead === undefined ? null : <p>{lead}</p>}
          </div>
        </div>
        {done === undefined ? null : <Done>{done}</Done>}
        {children}
      </div>
    </Layout>
  );
}
