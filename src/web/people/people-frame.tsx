import type { Child } from "hono/jsx";
import { Layout } from "../components/layout.tsx";

interface Props {
  /** Of the window; the page's own heading is part of `children`. */
  title: string;
  failed?: boolean;
  /** As wide as two columns, not one. */
  isWide?: boolean;
  children?: Child;
}

/** The frame of the pages about people and what they write to each other. */
export function PeopleFrame({ title, failed = false, isWide = false, children }: Props) {
  const head = {
    title: `${failed ? "Error: " : ""}${title} · Vitrine`,
    description: title,
    indexed: false,
  };
  return (
    <Layout head={head} bundle="people">
      <div class={`desk desk-top people${isWide ? " people-wide" : ""}`}>{children}</div>
    </Layout>
  );
}
