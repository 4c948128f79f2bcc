import type { App } from "../openapi.ts";
import { registerCreateComment } from "./create-comment.ts";
import { registerCreatePost } from "./create-post.ts";
import { registerDeleteComment } from "./delete-comment.ts";
import { registerDeletePost } from "./delete-post.ts";
import { registerGetPost } from "./get-post.ts";
import { registerLikePost } from "./like-post.ts";
import { registerListComments } from "./list-comments.ts";
import { registerListLikes } from "./list-likes.ts";

export function registerPostRoutes(app: App): void {
  registerCreatePost(app);
  registerGetPost(app);
  registerDeletePost(app);
  registerLikePost(app);
  registerListLikes(app);
  registerListComments(app);
  registerCreateComment(app);
  registerDeleteComment(app);
}
