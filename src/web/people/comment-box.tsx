import { MAX_COMMENT_LENGTH } from "../../domain/post.ts";
import { FieldError } from "../components/field.tsx";

interface Props {
  /** What stands there: what was sent and not taken. */
  text: string;
  error?: string | undefined;
}

/** UTF-16 code units that a character of the limit may take, so that a browser cuts nothing that is taken. */
const UNITS_A_CHARACTER = 2;

/** Writes a comment, sent to the post's own page; says at the field why it was not taken, with the text still there. */
export function CommentBox({ text, error }: Props) {
  const id = "comment";
  return (
    <form class="comment-box" method="post" action="#comment">
      <label class="field-label" for={id}>
        Write a comment
      </label>
      <textarea
        class="input comment-input"
        id={id}
        name="text"
        rows={2}
        required
        maxlength={UNITS_A_CHARACTER * MAX_COMMENT_LENGTH}
        dir="auto"
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        aria-invalid={error === undefined ? undefined : "true"}
        autofocus={error !== undefined}
      >
        {text}
      </textarea>
      <FieldError id={id} error={error} />
      <div class="form-actions">
        <button class="button button-primary" type="submit" name="do" value="comment">
          Send
        </button>
      </div>
    </form>
  );
}
