import { DataBlock } from "../components/data-block.tsx";
import { Layout } from "../components/layout.tsx";
import { Done } from "../components/notice.tsx";
import { PARTS } from "../ops/parts.tsx";
import { StatusLine } from "../ops/status-line.tsx";
import type { OpsState } from "../ops/view.ts";

interface Props {
  state: OpsState;
  done: string | undefined;
}

/** What the deployment does, for its operator: drawn by the server, kept up to date by the island. */
export function OpsPage({ state, done }: Props) {
  const title = "Operations";
  return (
    <Layout head={{ title: `${title} · Vitrine`, description: title, indexed: false }} bundle="ops">
      <div class="ops-head">
        <h1>{title}</h1>
        <div id="ops-status">
          <StatusLine now={state.now} contact={null} />
        </div>
        <form method="post" action="/ops/sign-out">
          <button class="button button-small" type="submit">
            Sign out
          </button>
        </form>
      </div>
      <div class="ops-board">
        {Object.entries(PARTS).map(([id, draw]) => (
          <>
            {id === "ops-letters" ? <Told done={done} /> : null}
            <div id={id}>{draw(state)}</div>
          </>
        ))}
      </div>
      <div id="chart-value" class="visually-hidden" role="status" />
      <DataBlock type="application/json" id="ops-data" value={state} />
    </Layout>
  );
}

/** What came of a press, above what was pressed: forms lead here, and the island tells here. */
function Told({ done }: Pick<Props, "done">) {
  return (
    <div id="told">
      {done === undefined ? null : <Done>{done}</Done>}
      <div id="ops-progress" role="status" tabindex={-1} />
    </div>
  );
}
