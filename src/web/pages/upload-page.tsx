import { Icon } from "../components/icon.tsx";
import { Layout } from "../components/layout.tsx";
import { More } from "../components/more.tsx";
import { Done } from "../components/notice.tsx";
import { PictureTile, tileStateOf } from "../upload/picture-tile.tsx";
import type { UploadProblem } from "../upload/problems.ts";
import type { WireImage } from "../upload/wire.ts";

interface Props {
  /** The person who uploads. */
  userId: string;
  /** The organisation that owns what is uploaded and shown; `null` for the person. */
  org: string | null;
  /** The organisations one may upload for, by slug. */
  orgs: readonly string[];
  images: readonly WireImage[];
  /** The way to earlier ones. */
  more: string | null;
  /** What was wrong with the file that was sent without script. */
  problem?: UploadProblem | undefined;
  done?: string | undefined;
}

/** So often a page of images that are being made is asked for anew, without script. */
export const REFRESH_SECONDS = 3;

/** Browsers that are asked for these formats alone turn HEIC photos into JPEG where the system can (iOS does). */
const ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/bmp";

/** `/upload`: what is dropped, chosen or pasted becomes a tile, which turns into its picture where it stands. */
export function UploadPage({ userId, org, orgs, images, more, problem, done }: Props) {
  const title = `${problem === undefined ? "" : "Error: "}Upload pictures · Vitrine`;
  const isMaking = images.some((image) => tileStateOf(image) === "making");
  const head = {
    title,
    description: "Upload pictures",
    indexed: false,
    refreshSeconds: isMaking ? REFRESH_SECONDS : undefined,
  };
  return (
    <Layout head={head} bundle="upload">
      <div class="desk desk-top upload" id="upload" data-org={org ?? ""} data-user={userId}>
        <div class="desk-head">
          <div>
            <h1>Upload pictures</h1>
            <p>
              Each becomes a thumb, a medium and a large picture: upright, and without the place it was taken
              at.
            </p>
          </div>
          <OwnerChoice org={org} orgs={orgs} />
        </div>
        {done === undefined ? null : <Done>{done}</Done>}
        <Refused problem={problem} />
        <DropZone org={org} />
        <Holds />
        <Summary />
        <section class="upload-pictures" aria-labelledby="pictures-title">
          <h2 id="pictures-title" tabindex={-1}>
            {org === null ? "Your pictures" : `Pictures of ${org}`}
          </h2>
          <Empty isShown={images.length === 0} />
          <ul id="tiles" class="tiles">
            {images.map((image) => (
              <PictureTile image={image} />
            ))}
          </ul>
          <div id="more">
            <More href={more} />
          </div>
        </section>
        <template id="tile">
          <PictureTile image={null} />
        </template>
        <DeleteQuestion />
      </div>
    </Layout>
  );
}

function OwnerChoice({ org, orgs }: Pick<Props, "org" | "orgs">) {
  if (orgs.length === 0) return null;
  return (
    <form class="upload-owner" method="get" action="/upload">
      <label for="org">Upload for</label>
      <select class="input" id="org" name="org">
        <option value="">Yourself</option>
        {orgs.map((slug) => (
          <option value={slug} selected={slug === org}>
            {slug}
          </option>
        ))}
      </select>
      <button class="button apply" type="submit">
        Show
      </button>
    </form>
  );
}

/** A file by a form where no script runs; with script the whole window takes files. */
function DropZone({ org }: Pick<Props, "org">) {
  const action = org === null ? "/upload" : `/upload?${new URLSearchParams({ org })}`;
  return (
    <form id="drop" class="drop" method="post" action={action} enctype="multipart/form-data">
      <svg class="drop-picture" viewBox="0 0 120 96" aria-hidden="true" focusable="false">
        <path class="drop-pane" d="M26 92V44a34 34 0 0 1 68 0v48z" />
        <path class="drop-frame" d="M26 92V44a34 34 0 0 1 68 0v48zM12 92h96" />
        <path class="drop-arrow" d="M60 78V42M46 55l14-14 14 14" />
      </svg>
      <p class="drop-title">
        <span class="drop-live">Drop pictures here</span>
        <span class="apply">Choose a picture</span>
      </p>
      <div class="drop-controls">
        <input id="file" name="file" type="file" accept={ACCEPTED} required aria-describedby="file-hint" />
        <label class="button button-primary drop-label" for="file">
          <Icon name="upload" />
          <span class="drop-live">Choose pictures</span>
          <span class="apply">Picture</span>
        </label>
        <button class="button button-primary apply" type="submit">
          Upload
        </button>
      </div>
      <p id="file-hint" class="drop-hint">
        <span class="drop-live">Or paste from the clipboard. As many as you like. </span>
        JPEG, PNG, WebP, GIF or BMP, up to 40 MB each.
      </p>
    </form>
  );
}

/** What keeps all uploads from going on; shown by the browser. */
function Holds() {
  return (
    <div id="holds" role="alert">
      <div class="notice notice-problem" data-hold="signed-out" hidden>
        <Icon name="warning" />
        <p>
          You are signed out. Nothing is lost: leave this page open,{" "}
          <a href="/sign-in?next=/upload" target="_blank" rel="noopener">
            sign in again in a new tab
          </a>
          , and come back: it goes on by itself.
        </p>
      </div>
      <div class="notice notice-problem" data-hold="other-person" hidden>
        <Icon name="warning" />
        <p>
          Somebody else is signed in in this browser now. <a href="/upload">Load the page anew</a> to upload
          as them.
        </p>
      </div>
      <div class="notice" data-hold="waiting" hidden>
        <Icon name="window" />
        <p>Many files in a short time: the rest goes on by itself in a moment.</p>
      </div>
      <div class="notice notice-problem" data-hold="offline" hidden>
        <Icon name="warning" />
        <p>You are offline. The rest goes on by itself once you are back.</p>
      </div>
    </div>
  );
}

function Summary() {
  return (
    <div id="summary" class="upload-summary" hidden>
      <p data-part="summary" />
      <progress data-part="overall" max={100} aria-label="All uploads" />
      <div class="upload-summary-actions">
        <button class="button button-small" type="button" data-act="cancel-all">
          Cancel all
        </button>
        <button class="button button-small" type="button" data-act="retry-all">
          Try all again
        </button>
        <button class="button button-small" type="button" data-act="next-problem">
          Show problems
        </button>
      </div>
    </div>
  );
}

function Empty({ isShown }: { isShown: boolean }) {
  return (
    <div id="empty" class="desk-empty" hidden={!isShown}>
      <Icon name="picture" />
      <p>No pictures yet. What you upload stands here, with its links.</p>
    </div>
  );
}

function Refused({ problem }: Pick<Props, "problem">) {
  if (problem === undefined) return null;
  return (
    <div class="notice notice-problem" role="alert" tabindex={-1} autofocus>
      <Icon name="warning" />
      <p>
        <strong>{problem.title}.</strong> {problem.text}
      </p>
    </div>
  );
}

/** Asked for any tile; without script its link leads to the image's page, which asks too. */
function DeleteQuestion() {
  return (
    <div
      id="delete"
      class="confirm"
      popover="auto"
      role="dialog"
      aria-labelledby="delete-title"
      aria-describedby="delete-text"
    >
      <h2 id="delete-title">Delete the picture?</h2>
      <p id="delete-text">
        The links to <strong data-part="delete-name" /> stop working within a minute. Who has seen it may have
        kept a copy.
      </p>
      <div class="form-actions">
        <button class="button" type="button" popovertarget="delete" popovertargetaction="hide" autofocus>
          Keep it
        </button>
        <button class="button button-danger" type="button" data-act="delete-now">
          Delete
        </button>
      </div>
    </div>
  );
}
