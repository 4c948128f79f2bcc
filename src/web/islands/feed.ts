import { startFeed } from "./feed-page.ts";
import { tidyAddress } from "./tidy-address.ts";

const page = document.getElementById("feed");
if (page !== null) startFeed(page);
tidyAddress();
