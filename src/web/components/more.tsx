/** The way to the next page of a list, where there is one. */
export function More({ href }: { href: string | null }) {
  if (href === null) return null;
  return (
    <p class="more">
      <a class="button" rel="next" href={href}>
        Show more
      </a>
    </p>
  );
}
