import { initialsOf, signInHref, useFrame } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { Icon } from "./icon.tsx";
import { orgHref } from "./org-nav.tsx";

const MENU_ID = "account-menu";
const MAX_ORGS = 6;

/** At the end of the site header: the way to sign in, or who is signed in with what is theirs. Opens without script. */
export function AccountMenu() {
  const { viewer, path } = useFrame();
  if (viewer === null && path.startsWith("/sign-in")) return null;
  if (viewer === null) {
    return (
      <a class="header-link" href={signInHref(path)}>
        Sign in
      </a>
    );
  }
  return (
    <div class="account-corner">
      <button class="account-button" type="button" popovertarget={MENU_ID}>
        <span class="avatar" aria-hidden="true">
          {initialsOf(viewer.name)}
        </span>
        <span class="account-name">
          <span class="visually-hidden">Account of </span>
          {viewer.name}
        </span>
        <Icon name="down" />
      </button>
      <Menu viewer={viewer} />
    </div>
  );
}

function Menu({ viewer }: { viewer: Viewer }) {
  return (
    <nav id={MENU_ID} class="account-menu" popover="auto" aria-label="Account">
      <p class="account-who">
        <strong>{viewer.name}</strong>
        <span class="muted">{viewer.email}</span>
      </p>
      <ul>
        {viewer.orgs.slice(0, MAX_ORGS).map((slug) => (
          <li>
            <a href={orgHref(slug)}>
              <Icon name="window" />
              {slug}
            </a>
          </li>
        ))}
        <li>
          <a href="/orgs">
            <Icon name="list" />
            {viewer.orgs.length > MAX_ORGS ? `All ${viewer.orgs.length} organisations` : "Organisations"}
          </a>
        </li>
        <li>
          <a href="/upload">
            <Icon name="upload" />
            Upload pictures
          </a>
        </li>
        <li>
          <a href="/account">
            <Icon name="person" />
            Your account
          </a>
        </li>
      </ul>
      <form method="post" action="/sign-out">
        <button type="submit">
          <Icon name="leave" />
          Sign out
        </button>
      </form>
    </nav>
  );
}
