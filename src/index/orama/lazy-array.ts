/** A list that is computed where it is read. */
export interface LazyList<T> {
  readonly length: number;
  at(index: number): T;
}

const SOURCES = new WeakMap<object, LazyList<unknown>>();

/** The list behind an array of `asArray`; `undefined` for any other. */
export function sourceOf(array: object): LazyList<unknown> | undefined {
  return SOURCES.get(array);
}

function read<T>(list: LazyList<T>): T[] {
  return Array.from({ length: list.length }, (_, index) => list.at(index));
}

function methodOf<T>(
  list: LazyList<T>,
  name: string | symbol,
  self: () => T[],
  passesFilter: boolean,
): unknown {
  switch (name) {
    case "length":
      return list.length;
    case "sort":
      return self;
    case "map":
      return <U>(each: (value: T) => U) =>
        asArray<U>({
          get length() {
            return list.length;
          },
          at: (index) => each(list.at(index)),
        });
    case "filter":
      return (keep: (value: T) => boolean) => (passesFilter ? asArray(list) : read(list).filter(keep));
    default: {
      const all = read(list);
      const member: unknown = Reflect.get(all, name);
      return typeof member === "function" ? member.bind(all) : member;
    }
  }
}

/**
 * A lazy list as the array that Orama takes search results for. It stays lazy where Orama sorts it (it is in order
 * already), maps it, takes its length or reads an item; any other method reads all of it. With `passesFilter` the first
 * `filter` keeps everything: Orama's own check of `exact` is case-sensitive and knows no accents.
 */
export function asArray<T>(list: LazyList<T>, passesFilter = false): T[] {
  const array: T[] = new Proxy<T[]>([], {
    get(_, name) {
      if (typeof name === "string" && /^\d+$/.test(name)) {
        const index = Number(name);
        return index < list.length ? list.at(index) : undefined;
      }
      return methodOf(list, name, () => array, passesFilter);
    },
  });
  SOURCES.set(array, list);
  return array;
}
