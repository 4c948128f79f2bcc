import { zoneGroups } from "../zones.ts";

/** Options of a `select` of time zones, by region; a chosen zone that is not among them stands first. */
export function ZoneOptions({ chosen }: { chosen: string }) {
  const groups = zoneGroups();
  const known = chosen === "UTC" || groups.some(({ zones }) => zones.some(({ name }) => name === chosen));
  return (
    <>
      {known ? null : (
        <option value={chosen} selected>
          {chosen}
        </option>
      )}
      <option value="UTC" selected={chosen === "UTC"}>
        UTC
      </option>
      {groups.map(({ region, zones }) => (
        <optgroup label={region}>
          {zones.map(({ name, label }) => (
            <option value={name} selected={name === chosen}>
              {label}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}
