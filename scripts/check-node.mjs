// Plain JavaScript: it has to run in a Node too old for the scripts themselves (`node --import`).
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Vitrine needs Node 22.18 or newer, this is ${process.versions.node} (${process.execPath}).\n` +
      "On Linux `npm ci` brings a Node of its own that npm scripts use: run this by `npm run`, after `npm ci` without\n" +
      "--omit=optional. On other systems install a newer Node from https://nodejs.org.",
  );
  process.exit(1);
}
