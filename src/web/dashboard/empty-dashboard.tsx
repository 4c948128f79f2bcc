import { Icon } from "../components/icon.tsx";
import { orgHref } from "../components/org-nav.tsx";

interface Props {
  org: string;
  /** Scheme and host of the deployment. */
  origin: string;
}

/** Before the first event: how one gets there. */
export function EmptyDashboard({ org, origin }: Props) {
  return (
    <div class="first-steps">
      <div class="state">
        <Icon name="window" />
        <h2 class="state-title">No events yet</h2>
        <p class="muted">
          Numbers appear here a few seconds after the first event. There are two ways to send some.
        </p>
      </div>
      <div class="steps">
        <section class="panel" aria-labelledby="step-pages">
          <h2 id="step-pages">From your pages</h2>
          <p class="muted small">
            One line before the end of each page. It sets no cookie. The name of the site comes from your{" "}
            <a href={orgHref(org, "/site-keys")}>site keys</a>.
          </p>
          <pre class="snippet" tabindex={0}>
            <code>{`<script defer src="${origin}/b.js" data-site="site_…"></script>`}</code>
          </pre>
        </section>
        <section class="panel" aria-labelledby="step-server">
          <h2 id="step-server">From your server</h2>
          <p class="muted small">
            With one of your <a href={orgHref(org, "/keys")}>keys</a> that has the scope{" "}
            <code>events:write</code>.
          </p>
          <pre class="snippet" tabindex={0}>
            <code>{curlOf(origin)}</code>
          </pre>
        </section>
      </div>
    </div>
  );
}

function curlOf(origin: string): string {
  return `curl ${origin}/v1/events \\
  -H "Authorization: Bearer vk_…" \\
  -H "Content-Type: application/json" \\
  -d '{"events": [{"id": "1", "type": "login",
       "user_id": "ada", "user_name": "Ada",
       "at": "'$(date -u +%FT%TZ)'"}]}'`;
}
