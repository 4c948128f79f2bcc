import { HIDING_KINDS } from "../../domain/post.ts";
import type { App } from "../openapi.ts";
import { registerAskFriend } from "./ask-friend.ts";
import { registerEndFriendship } from "./end-friendship.ts";
import { registerFindPeople } from "./find-people.ts";
import { registerGetPerson } from "./get-person.ts";
import { registerHidePerson } from "./hide-person.ts";
import { registerListFriendRequests } from "./list-friend-requests.ts";
import { registerListFriends } from "./list-friends.ts";
import { registerListHidden } from "./list-hidden.ts";
import { registerUnhidePerson } from "./unhide-person.ts";

export function registerFriendRoutes(app: App): void {
  registerListFriends(app);
  registerListFriendRequests(app);
  registerAskFriend(app);
  registerEndFriendship(app);
  for (const kind of HIDING_KINDS) {
    registerListHidden(app, kind);
    registerHidePerson(app, kind);
    registerUnhidePerson(app, kind);
  }
  registerFindPeople(app);
  registerGetPerson(app);
}
