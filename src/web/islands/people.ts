import { look, watchFeedPictures } from "./feed-look.ts";
import { sendInPlace } from "./people-forms.ts";
import { tidyAddress } from "./tidy-address.ts";

tidyAddress();
const main = document.getElementById("main");
if (main !== null) {
  look(main);
  watchFeedPictures();
  sendInPlace(main, look);
}
