/** What stands before what one has lived through with a product. `{theProduct}` begins sentences as `{TheProduct}`. */
export const OPENINGS: readonly string[] = [
  "{TheProduct} arrived [yesterday|this morning|a day early|today, between two showers].",
  "Week [two|three|four|five] with {myProduct}.",
  "So I finally bought {theProduct}.",
  "After [months|weeks] of going back and forth: {theProduct}.",
  "A present to myself: {theProduct}.",
  "Not a thing I thought I would ever write about, but {theProduct} {is} [great|really good|exactly right].",
  "Small report on {theProduct}, since [three|some|two] of you asked.",
  "I owe you an opinion on {theProduct}.",
  "My [sister|brother|neighbour|colleague|aunt] has had {theProduct} for a year, and now so have we.",
  "Old one broke, new one came: {theProduct}.",
  "Never had strong feelings about {things} before {theProduct}.",
  "Today's highlight: unpacking {theProduct}.",
  "If you are looking for {things}, look at {theProduct}.",
  "Bought {theProduct} on a whim [last week|on Friday|after a bad day].",
  "I was sure that {things} were all the same.",
  "Found {theProduct} [by chance|while looking for something else|at last].",
  "It took me [three|four] tries to find the right {things}. The winner: {theProduct}.",
  "{MyProduct} turned [one|six months old|a hundred days old] this week.",
  "We have a new member of the household: {theProduct}.",
  "Everybody at [work|home|the club] wants to try {theProduct} now.",
  "Recommendation of the day, unpaid and unasked: {theProduct}.",
  "[Honest|Short|Late] review of {theProduct}.",
  "I said no more {things} this year. Then came {theProduct}.",
  "Good things first: {theProduct}.",
  "Spent the birthday money on {theProduct}.",
  "Is it strange to be this happy about {things}?",
];

export const CAVEATS: readonly string[] = [
  "One star less for [the packaging|the manual|the smell on the first day], but that is forgotten by now.",
  "The manual is [a riddle|twelve pages of warnings], you do not need it.",
  "Delivery took a few days longer than promised, they did write though.",
  "It is not cheap. It is also not something one buys twice.",
  "I had hoped for more colours.",
  "The first one came with a dent, the new one was here within three days.",
  "If you have little room, measure first.",
];

export const CLOSINGS: readonly string[] = [
  "Would buy again.",
  "No regrets.",
  "Ask me again in a year.",
  "Ten out of ten, no further questions.",
  "I will report back.",
  "Worth the wait.",
  "That is all, carry on.",
  "Thanks for coming to my talk.",
  "Have a good [day|evening|week], everyone.",
  "Sometimes things are simply good.",
  "Somebody please stop me from buying a second one.",
  "My wallet says hello.",
  "Let me know if you want to [try|see] {them}.",
  "You may borrow {them}, but only you.",
  "Now I need nothing more. For this month.",
  "Keep it in mind for [birthdays|presents|winter].",
];

export const ONE_LINERS: readonly string[] = [
  "{TheProduct}: where have you been all my life?",
  "Still very much in love with {myProduct}.",
  "{TheProduct} again. Third present in a row, everybody was happy.",
  "Back in stock, in case anybody else has waited: {theProduct}.",
  "This. Just this.",
  "On my list since spring, on my table since today.",
  "Guess who could not resist.",
  "Look what the postman brought!",
  "One of these days I will stop talking about {theProduct}. Not today.",
  "My new favourite thing.",
  "Adding this to the list of things that I should have bought years ago.",
  "Well. It was on sale.",
];

export const ASKINGS: readonly string[] = [
  "Quick question about {things}.",
  "Question for everybody who knows about {things}.",
  "Asking [for a friend|the wise people here|because I am lost].",
  "Help me decide, please.",
  "I am looking at {theProduct} and cannot make up my mind.",
  "Does anyone of you have {theProduct}?",
  "Thinking about {theProduct} as a present for my [father|sister|best friend|boss].",
  "We need new {things}, and I have read too many reviews.",
  "Before I order {theProduct}:",
  "You have never let me down, so:",
  "Serious question.",
  "I have [forty|thirty|sixty] open tabs with {things}.",
];

export const ASKING_ENDS: readonly string[] = [
  "Thank you!",
  "All opinions welcome, also rude ones.",
  "I will bring cake to whoever solves it.",
  "Your experiences?",
  "Grateful for every hint.",
  "I am all ears.",
  "It is urgent, the sale ends on [Sunday|Monday].",
  "Photos welcome.",
];

/** To a friend who is named. */
export const THANKS: readonly string[] = [
  "Thank you {@friend} for the tip with {theProduct}!",
  "{@friend} was right about {theProduct}. I hate it when that happens.",
  "This one is for {@friend}: I bought {theProduct} after all.",
  "{@friend}, you have cost me money again. {TheProduct} {is} wonderful.",
  "Who told me about {theProduct}? I think it was {@friend}. Thank you!",
  "Came home and found {theProduct} in front of the door, with a note from {@friend}. I may have cried a little.",
  "Borrowed {theProduct} from {@friend} [on Sunday|last week] and ordered one today.",
  "{@friend} and I now own the same {things}. It was only a matter of time.",
];
