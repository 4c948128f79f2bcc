import { offerCopies } from "./copy.ts";
import { quietUnchanged } from "./dirty-forms.ts";
import { offerOwnZone } from "./own-zone.ts";
import { offerReveal } from "./reveal.ts";
import { tidyAddress } from "./tidy-address.ts";

offerReveal();
offerCopies();
offerOwnZone();
quietUnchanged();
tidyAddress();
