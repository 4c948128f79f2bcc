import { expect, test } from "vitest";
import { tellingLine } from "../../scripts/dev/log-lines.ts";

function logged(fields: object): string {
  return JSON.stringify({ time: "2026-11-23T03:49:36.603Z", ...fields });
}

const mail = {
  level: "info",
  event: "mail",
  subject: "Choose a new password",
  text: "Open\n\nhttps://a.example/x",
};

test("a mail is shown as text, with its link on a line of its own", () => {
  expect(tellingLine(logged({ ...mail, to: "ada@example.org" }))).toBe(
    "\nMail to ada@example.org: Choose a new password\n  Open\n\n  https://a.example/x\n",
  );
});

test("mails to the demo's people are left to the log", () => {
  expect(tellingLine(logged({ ...mail, to: "demo@vitrine.test" }))).toBeNull();
});

test("warnings, errors and failures to build are shown as they are", () => {
  for (const line of [
    logged({ level: "warn", event: "x" }),
    logged({ level: "error", event: "y" }),
    "✘ [ERROR] Build failed",
  ])
    expect(tellingLine(line)).toBe(line);
});

test("requests are not shown", () => {
  expect(tellingLine(logged({ level: "info", event: "request" }))).toBeNull();
  expect(tellingLine("[wrangler:info] Ready")).toBeNull();
});
