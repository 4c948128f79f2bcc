import { useFrame } from "../viewer.ts";
import { AccountMenu } from "./account-menu.tsx";
import { FORM_ID } from "./form.ts";
import { Icon } from "./icon.tsx";

/** The name, the search box where `q` is given, and who looks. */
export function SiteHeader({ q }: { q: string | undefined }) {
  return (
    <header class="site-header">
      <div class="site-header-inner">
        <a class="wordmark" href="/" aria-label="Vitrine, to the front page">
          <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="logo-frame" d="M5 29V15a11 11 0 0 1 22 0v14z" />
            <path class="logo-bars" d="M16 4v25M5 17h22" />
          </svg>
          <span>Vitrine</span>
        </a>
        {q === undefined ? null : <SearchBox q={q} />}
        <CommunityNav />
        <AccountMenu />
      </div>
    </header>
  );
}

const PLACES = [
  ["/feed", "Feed"],
  ["/friends", "Friends"],
] as const;

/** For who is signed in, where there is room for it; the account's menu leads there too. */
function CommunityNav() {
  const { viewer, path } = useFrame();
  if (viewer === null) return null;
  const [here] = path.split("?", 1);
  return (
    <nav class="community-nav" aria-label="Community">
      {PLACES.map(([href, label]) => (
        <a href={href} aria-current={href === here ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

/** The list of suggestions is filled by the browser; without script the form is sent. */
function SearchBox({ q }: { q: string }) {
  return (
    <search class="search">
      <form id={FORM_ID} action="/" method="get" role="search">
        <label class="visually-hidden" for="q">
          Search products
        </label>
        <span class="search-icon">
          <Icon name="search" />
        </span>
        <input
          id="q"
          name="q"
          type="search"
          value={q}
          placeholder="Search products and brands"
          maxlength={200}
          autocomplete="off"
          autocapitalize="off"
          enterkeyhint="search"
        />
        <button class="search-submit" type="submit">
          <span class="visually-hidden">Search</span>
          <Icon name="arrow" />
        </button>
      </form>
      <ul id="suggestions" class="suggestions" role="listbox" aria-label="Suggestions" hidden />
    </search>
  );
}
