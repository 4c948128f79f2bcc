/** What one message to `/v1/collect` holds; all texts. */
export type Message = Record<string, unknown>;

declare global {
  interface Window {
    vitrine?: { track: (name: string, properties?: Message) => void };
  }
}

const script = document.currentScript as HTMLScriptElement;
const { site, user } = script.dataset;
const target = new URL("/v1/collect", script.src).href;
const refused =
  navigator.doNotTrack === "1" || ("globalPrivacyControl" in navigator && navigator.globalPrivacyControl);
let lastPath: string | undefined;

function send(message: Message): void {
  if (refused || !site) return;
  const id = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(36)).join("");
  const body = JSON.stringify({
    site,
    id,
    user_id: user,
    ...(navigator.webdriver ? { bot: "webdriver" } : {}),
    ...message,
  });
  if (navigator.sendBeacon?.(target, body)) return;
  // Text is sent without asking first; nobody reads the answer.
  fetch(target, { method: "POST", body, keepalive: true, mode: "no-cors", credentials: "omit" }).catch(
    () => 0,
  );
}

function view(): void {
  const path = location.pathname;
  if (path === lastPath) return;
  send({
    type: "page_view",
    path,
    ...(lastPath === undefined && document.referrer ? { referrer: document.referrer } : {}),
  });
  lastPath = path;
}

function watch(name: "pushState" | "replaceState"): void {
  const original = history[name];
  history[name] = function (...args) {
    original.apply(this, args);
    view();
  };
}

window.vitrine = {
  track: (name, properties) =>
    send({ type: "activity", path: location.pathname, properties: { ...properties, name } }),
};
watch("pushState");
watch("replaceState");
addEventListener("popstate", view);
// A page that is rendered before anyone asked for it is seen only once it is shown.
if ("prerendering" in document && document.prerendering)
  document.addEventListener("prerenderingchange", view, { once: true });
else view();
