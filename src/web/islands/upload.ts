import { offerCopies } from "./copy.ts";
import { tidyAddress } from "./tidy-address.ts";
import { followOneImage } from "./upload-image.ts";
import { startUploads } from "./upload-page.ts";

const page = document.getElementById("upload");
if (page !== null) startUploads(page);
const image = document.getElementById("upload-image");
if (image !== null) followOneImage(image);
offerCopies();
tidyAddress();
