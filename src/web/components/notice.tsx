import type { Child } from "hono/jsx";
import { Icon } from "./icon.tsx";

/** What was done, said once after the redirect that followed it. */
export function Done({ children }: { children?: Child }) {
  return (
    <div class="notice" role="status">
      <Icon name="check" />
      <p>{children}</p>
    </div>
  );
}

/** What went wrong with a form as a whole; takes the focus so that it is read out, with or without script. */
export function Problem({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <div class="notice notice-problem" role="alert" tabindex={-1} autofocus>
      <Icon name="warning" />
      <p>{text}</p>
    </div>
  );
}
