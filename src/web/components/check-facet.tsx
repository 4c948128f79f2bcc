import { formatFilter } from "../filters.ts";
import { formatCount } from "../price.ts";
import type { FacetValue } from "../search-page.ts";
import { FORM_ID } from "./form.ts";

const OPEN_VALUES = 7;

interface Props {
  title: string;
  field: string;
  values: readonly FacetValue[];
  chosen: readonly string[];
  labelOf?: (value: string) => string;
}

/** Check boxes for the values of one field; the rarer ones fold away. */
export function CheckFacet({ title, field, values, chosen, labelOf = String }: Props) {
  const known = new Set(values.map((facet) => facet.value));
  const missing = chosen.filter((value) => !known.has(value)).map((value) => ({ value, count: 0 }));
  const all = [...missing, ...values];
  if (all.length === 0) return null;
  const picked = new Set(chosen);
  const first = all.filter((facet, index) => index < OPEN_VALUES || picked.has(facet.value));
  const rest = all.filter((facet, index) => index >= OPEN_VALUES && !picked.has(facet.value));
  const boxes = (facets: readonly FacetValue[]) => (
    <ul class="facet-list">
      {facets.map((facet) => (
        <CheckValue
          key={facet.value}
          wire={formatFilter({ field, values: [facet.value] })}
          label={labelOf(facet.value)}
          count={facet.count}
          checked={picked.has(facet.value)}
        />
      ))}
    </ul>
  );
  return (
    <fieldset class="facet">
      <legend>{title}</legend>
      {boxes(first)}
      {rest.length === 0 ? null : (
        <details class="facet-more">
          <summary>{rest.length} more</summary>
          {boxes(rest)}
        </details>
      )}
    </fieldset>
  );
}

interface ValueProps {
  wire: string;
  label: string;
  count: number;
  checked: boolean;
}

function CheckValue({ wire, label, count, checked }: ValueProps) {
  return (
    <li>
      <label class="check">
        <input type="checkbox" name="filter" value={wire} id={`f-${wire}`} form={FORM_ID} checked={checked} />
        <span class="choice-text">{label}</span>
        <span class="count">{formatCount(count)}</span>
      </label>
    </li>
  );
}
