import type { TextEntity } from "../../domain/post.ts";
import { personHref } from "./person-badge.tsx";

interface Props {
  text: string;
  entities: readonly TextEntity[];
}

type Piece = string | { text: string; entity: TextEntity };

/** From about so many characters or lines on, the rest is behind `Read on`. */
const LONG_LENGTH = 900;
const LONG_LINES = 16;
const HEAD_LENGTH = 600;
const HEAD_LINES = 10;

/** A text with its links and mentions; never HTML. Offsets that are out of order or beyond the text do no harm. */
export function TextPieces({ text, entities }: Props) {
  return (
    <>
      {piecesOf(text, entities).map((piece) => (typeof piece === "string" ? piece : <Entity {...piece} />))}
    </>
  );
}

function Entity({ text, entity }: Exclude<Piece, string>) {
  if (entity.kind === "mention")
    return (
      <a class="mention" href={personHref(entity.user_id)}>
        {text}
      </a>
    );
  // Kept as data, and once more looked at here: no other scheme becomes a link.
  if (!/^https?:\/\//i.test(entity.url)) return <>{text}</>;
  return (
    <a href={entity.url} rel="nofollow noopener noreferrer ugc" target="_blank">
      {text}
    </a>
  );
}

export function piecesOf(text: string, entities: readonly TextEntity[]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const entity of entities) {
    const { from, to } = entity;
    if (from < done || to <= from || to > text.length) continue;
    if (from > done) pieces.push(text.slice(done, from));
    pieces.push({ text: text.slice(from, to), entity });
    done = to;
  }
  if (done < text.length) pieces.push(text.slice(done));
  return pieces;
}

/** A post's text; of a long one the beginning, and the rest behind `Read on`, which opens without script. */
export function PostText({ text, entities, isWhole = false }: Props & { isWhole?: boolean }) {
  if (text === "") return null;
  const end = isWhole ? text.length : headEnd(text, entities);
  const head = text.slice(0, end).trimEnd();
  const rest = text.slice(end).trimStart();
  return (
    <div class="post-text" dir="auto">
      <p>
        <TextPieces text={head} entities={entities} />
      </p>
      {rest === "" ? null : (
        <details class="post-rest">
          <summary>Read on</summary>
          <p>
            <TextPieces text={rest} entities={moved(entities, text.length - rest.length)} />
          </p>
        </details>
      )}
    </div>
  );
}

/** Where the beginning of a long text ends: after a line, a sentence or a word, and in no link. */
export function headEnd(text: string, entities: readonly TextEntity[]): number {
  const lines = text.split("\n");
  if (text.length <= LONG_LENGTH && lines.length <= LONG_LINES) return text.length;
  const shown = Math.min(HEAD_LENGTH, lines.slice(0, HEAD_LINES).join("\n").length);
  const window = text.slice(0, shown + 1);
  const breaks = [window.lastIndexOf("\n"), window.lastIndexOf(". ") + 1, window.lastIndexOf(" ")];
  const end = breaks.find((at) => at > shown / 2) ?? shown;
  const cut = entities.find(({ from, to }) => from < end && end < to);
  if (cut !== undefined) return cut.from === 0 ? cut.to : cut.from;
  // Half of a surrogate pair is no text.
  return /[\uDC00-\uDFFF]/.test(text.charAt(end)) ? end + 1 : end;
}

function moved(entities: readonly TextEntity[], by: number): TextEntity[] {
  return entities
    .filter(({ from }) => from >= by)
    .map((entity) => ({ ...entity, from: entity.from - by, to: entity.to - by }));
}
