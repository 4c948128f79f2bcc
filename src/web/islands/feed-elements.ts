/**
 * Makes elements of the components that the server draws pages with. They have no state here, so nothing is compared or
 * kept: the JSX runtime of the feed's script (`scripts/build-web.ts`), a tenth of one that does.
 */
type Props = Readonly<Record<string, unknown>>;
type Component = (props: Props) => unknown;

const SVG = new Set(["svg", "path"]);

export function Fragment({ children }: Props): Node {
  const fragment = document.createDocumentFragment();
  fragment.append(...nodesOf(children));
  return fragment;
}

export function jsx(type: string | Component, props: Props): unknown {
  if (typeof type === "function") return type(props);
  const element = SVG.has(type)
    ? document.createElementNS("http://www.w3.org/2000/svg", type)
    : document.createElement(type);
  for (const [name, value] of Object.entries(props)) {
    if (name === "children" || value === undefined || value === null || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...nodesOf(props.children));
  return element;
}

export { jsx as jsxs };

function nodesOf(children: unknown): (Node | string)[] {
  if (Array.isArray(children)) return children.flatMap(nodesOf);
  if (children instanceof Node) return [children];
  return typeof children === "string" || typeof children === "number" ? [String(children)] : [];
}

/** What JSX made in the feed's script is an element, whatever its type says of the server. */
export function elementOf(made: unknown): HTMLElement {
  if (made instanceof HTMLElement) return made;
  throw new TypeError("The component made no element");
}
