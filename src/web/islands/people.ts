import { sendInPlace } from "./people-forms.ts";
import { tidyAddress } from "./tidy-address.ts";

tidyAddress();
const main = document.getElementById("main");
if (main !== null) sendInPlace(main);
