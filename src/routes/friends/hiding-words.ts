import type { HidingKind } from "../../domain/post.ts";

interface Words {
  path: string;
  /** Begins the operations' ids and summaries. */
  verb: string;
  undo: string;
  list: string;
  listName: string;
  effect: string;
}

/** What differs between the routes of blocks and those of mutes. */
export const HIDING_WORDS: Readonly<Record<HidingKind, Words>> = {
  block: {
    path: "/v1/blocks",
    verb: "block",
    undo: "unblock",
    list: "listBlocks",
    listName: "BlockList",
    effect:
      "It ends a friendship and any asking. You do not see each other's posts, likes and comments any more, they can " +
      "neither ask you nor find you, and are told nothing of it.",
  },
  mute: {
    path: "/v1/mutes",
    verb: "mute",
    undo: "unmute",
    list: "listMutes",
    listName: "MuteList",
    effect: "You do not see each other's posts, likes and comments any more; they are told nothing of it.",
  },
};
