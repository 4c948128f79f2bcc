interface Props {
  type: "application/json" | "application/ld+json";
  id?: string;
  value: unknown;
}

/** Data in the page, never run as script. `<` is escaped, so that no value can end the block. */
export function DataBlock({ type, id, value }: Props) {
  const text = JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return <script type={type} id={id} dangerouslySetInnerHTML={{ __html: text }} />;
}
