import { formatCount } from "../price.ts";

const STAR = "M10 1.6l2.5 5.3 5.8.8-4.2 4.1 1 5.8L10 14.9l-5.1 2.7 1-5.8L1.7 7.7l5.8-.8z";

/** The shape every strip of stars is cut to; once a page. */
export function StarShape() {
  return (
    <svg class="definitions" width="0" height="0" aria-hidden="true" focusable="false">
      <clipPath id="stars">
        {[0, 1, 2, 3, 4].map((index) => (
          <path d={STAR} transform={`translate(${index * 20} 0)`} />
        ))}
      </clipPath>
    </svg>
  );
}

interface Props {
  /** 0 to 5. */
  rating: number | null;
  count: number;
}

export function Rating({ rating, count }: Props) {
  if (rating === null) return null;
  const shown = Math.min(5, Math.max(0, rating));
  return (
    <span class="rating">
      <svg class="stars" viewBox="0 0 100 20" aria-hidden="true" focusable="false">
        <g clip-path="url(#stars)">
          <rect class="stars-track" width="100" height="20" />
          <rect class="stars-fill" width={shown * 20} height="20" />
        </g>
      </svg>
      <span class="visually-hidden">Rated {shown.toFixed(1)} out of 5</span>
      <span class="rating-number" aria-hidden="true">
        {shown.toFixed(1)}
      </span>
      {count > 0 ? (
        <span class="rating-count">
          ({formatCount(count)}
          <span class="visually-hidden"> ratings</span>)
        </span>
      ) : null}
    </span>
  );
}
