import { tidyAddress } from "./tidy-address.ts";

tidyAddress();
