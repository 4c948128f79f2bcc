import { SORT_CHOICES } from "../query.ts";
import type { SortChoice } from "../query.ts";
import { FORM_ID } from "./form.ts";

export function SortSelect({ chosen }: { chosen: SortChoice }) {
  return (
    <div class="sort">
      <label for="sort">Sort by</label>
      <select id="sort" name="sort" form={FORM_ID}>
        {SORT_CHOICES.map((choice) => (
          <option value={choice.value} selected={choice.value === chosen}>
            {choice.label}
          </option>
        ))}
      </select>
      <button class="button apply" type="submit" form={FORM_ID}>
        Sort
      </button>
    </div>
  );
}
