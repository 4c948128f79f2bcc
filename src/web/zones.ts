export interface ZoneGroup {
  /** The first part of the names: a continent or an ocean. */
  region: string;
  zones: readonly { name: string; label: string }[];
}

/** The time zones that the runtime knows, by region, each labelled by its place: `America/New_York` is `New York`. */
export function zoneGroups(names: readonly string[] = Intl.supportedValuesOf("timeZone")): ZoneGroup[] {
  const groups = new Map<string, { name: string; label: string }[]>();
  for (const name of names) {
    const slash = name.indexOf("/");
    if (slash === -1 || name.startsWith("Etc/")) continue;
    const region = name.slice(0, slash);
    const label = name
      .slice(slash + 1)
      .replaceAll("_", " ")
      .replaceAll("/", ", ");
    const group = groups.get(region) ?? [];
    group.push({ name, label });
    groups.set(region, group);
  }
  return [...groups].map(([region, zones]) => ({ region, zones }));
}
