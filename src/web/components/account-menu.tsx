import type { Child } from "hono/jsx";
import { personHref } from "../feed/person-badge.tsx";
import { initialsOf, signInHref, useFrame } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";
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
        <Item href="/feed" icon="comment">
          Feed
        </Item>
        <Item href="/friends" icon="people">
          Friends
        </Item>
        <Item href={personHref(viewer.id)} icon="person">
          Your page
        </Item>
        <Item href="/upload" icon="upload">
          Upload pictures
        </Item>
      </ul>
      <ul>
        {viewer.orgs.slice(0, MAX_ORGS).map((slug) => (
          <Item href={orgHref(slug)} icon="window">
            {slug}
          </Item>
        ))}
        <Item href="/orgs" icon="list">
          {viewer.orgs.length > MAX_ORGS ? `All ${viewer.orgs.length} organisations` : "Organisations"}
        </Item>
        <Item href="/account" icon="key">
          Your account
        </Item>
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

function Item({ href, icon, children }: { href: string; icon: IconName; children?: Child }) {
  return (
    <li>
      <a href={href}>
        <Icon name={icon} />
        {children}
      </a>
    </li>
  );
}
