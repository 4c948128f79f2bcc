import { Layout } from "../components/layout.tsx";
import { Problem } from "../components/notice.tsx";
import { CommentForm } from "../feed/post-comments.tsx";

interface Props {
  postId: string;
  text: string;
  back: string;
  problem: string;
}

/** A comment that was not taken, sent without script: its text stands there to be mended. */
export function UnsentCommentPage({ postId, text, back, problem }: Props) {
  const head = { title: "Error: Comment · Vitrine", description: "Your comment", indexed: false };
  return (
    <Layout head={head} bundle="feed">
      <div class="feed feed-alone">
        <div class="feed-main">
          <h1 class="feed-title">Your comment</h1>
          <Problem text={problem} />
          <CommentForm postId={postId} back={back} text={text} />
          <p>
            <a href={back}>Back without it</a>
          </p>
        </div>
      </div>
    </Layout>
  );
}
