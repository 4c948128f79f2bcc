import { Icon } from "../components/icon.tsx";
import { Layout } from "../components/layout.tsx";

interface Props {
  title: string;
  text: string;
  /** Shown where the reader may want to report it. */
  requestId?: string;
}

/** A page that has nothing to sell: not found, or failed. The search box in the header stays of use. */
export function MessagePage({ title, text, requestId }: Props) {
  return (
    <Layout head={{ title: `${title} · Vitrine`, description: text, indexed: false }} q="">
      <div class="state state-page">
        <Icon name="window" />
        <h1 class="state-title">{title}</h1>
        <p class="muted">{text}</p>
        <p>
          <a class="button button-primary" href="/">
            To the shop
          </a>
        </p>
        {requestId === undefined ? null : <p class="muted small">Request {requestId}</p>}
      </div>
    </Layout>
  );
}
