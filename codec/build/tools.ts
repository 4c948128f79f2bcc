import { run, Unavailable } from "./commands.ts";

/** What `apt-get install` takes. */
export function toolPackages(pinned: Readonly<Record<string, string>>): string[] {
  return ["dpkg-dev", ...Object.entries(pinned).map(([name, version]) => `${name}=${version}`)];
}

/** Fails with `Unavailable`, naming the Debian packages to install, unless each is there in its pinned version. */
export async function checkTools(pinned: Readonly<Record<string, string>>): Promise<void> {
  const problems: string[] = [];
  for (const [name, version] of Object.entries(pinned)) {
    const installed = await installedVersion(name);
    if (installed !== version) problems.push(`${name} ${version} (${installed ?? "not installed"})`);
  }
  if (problems.length === 0) return;
  throw new Unavailable(
    `The codec is built by Debian's tools in exactly these versions: ${problems.join(", ")}.\n` +
      `On Debian 12: apt-get install ${toolPackages(pinned).join(" ")}`,
  );
}

async function installedVersion(name: string): Promise<string | null> {
  try {
    const [status, version] = (
      await run("dpkg-query", ["-W", "-f=${db:Status-Status} ${Version}", name])
    ).split(" ");
    return status === "installed" ? version : null;
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    return null;
  }
}
