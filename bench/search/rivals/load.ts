/**
 * Imports a rival that only bench/package.json names. The type is the caller's word for the part of its API that it
 * uses, so that the project type-checks before `npm ci` ran in bench/.
 */
export async function loadRival<T>(name: string): Promise<T> {
  try {
    return (await import(name)) as T;
  } catch (cause) {
    throw new Error(`Cannot load "${name}": run npm ci in bench/`, { cause });
  }
}
