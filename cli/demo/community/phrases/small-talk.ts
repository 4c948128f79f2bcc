/** How a post feels, for comments to fit. */
export const MOODS = ["glad", "weary", "funny", "plan", "asking", "low"] as const;
export type Mood = (typeof MOODS)[number];

/** When a post is written, in the writer's own time. */
export type Moment = "morning" | "evening" | "weekend" | "any";

export interface SmallTalk {
  mood: Mood;
  moment: Moment;
  text: string;
}

function said(moment: Moment, mood: Mood, text: string): SmallTalk[] {
  return text
    .trim()
    .split(/\n\s*/)
    .map((line) => ({ mood, moment, text: line }));
}

export const SMALL_TALK: readonly SmallTalk[] = [
  ...said(
    "morning",
    "glad",
    `Up before the alarm, and [the coffee|the light|the street] is all mine.
    First [run|swim|bike ride] of the week done. [Slow|Very slow|Surprisingly quick], but done.
    Fresh bread, open window, nobody wants anything. Good morning!
    The fog over the river this morning looked like somebody had painted it.
    Missed the bus, walked instead, and saw a [heron|fox|hot-air balloon]. I should miss it more often.
    Frost on the windows, porridge in the pot. I like this hour more than I admit.
    Somebody left flowers in front of our door. No card. We have theories.
    The [barista|bus driver|man at the kiosk] knows my name now. I have arrived.
    Opened the blinds and the [almond tree|cherry|forsythia] next door was in bloom. Overnight!
    My [son|daughter|nephew] made breakfast. There was a bit of shell in the egg, and it was perfect.`,
  ),
  ...said(
    "morning",
    "weary",
    `Three hours of sleep. Please speak [slowly|quietly|in short sentences].
    Meeting number two of [five|six|seven]. It is not even ten.
    The train stands. The train has always stood. The train will always stand.
    I put salt into my coffee. That kind of day.
    Woke up at four and thought about [an e-mail from 2017|whether owls get bored|the boiler].
    Two different shoes. I noticed at the office.
    The coffee machine wants to be descaled. I want that too, in a way.
    Whoever invented [daylight saving time|the 8 o'clock call|the snooze button]: we need to talk.`,
  ),
  ...said(
    "evening",
    "glad",
    `Dinner with people who have known me since school. Laughed until it hurt.
    [Soup|Risotto|Lentils] on the stove, rain on the window, nowhere to be.
    The exam is over! I do not know how it went, and tonight I do not care.
    Twenty pages before sleep, as a rule. It became eighty.
    Choir practice: we have arrived at the part where it sounds like music.
    Power cut in the whole street. Candles, cards, and the neighbours brought ice cream that had to go.
    Phoned my [brother|oldest friend|mother] for two hours. We said nothing important. It was important.
    The soup that I wanted to make became a different soup. A better one.
    Sat on the balcony with a blanket until the [bats|stars|lights across the road] came out.
    Walked home instead of taking the tram. The whole town smelled of [rain|linden trees|chestnuts].
    First class of the pottery course. I have made a bowl. It is mostly a plate.
    Finished the [puzzle|scarf|shelf] after only [four months|two winters|one year].
    Today somebody said "take your time" and meant it.`,
  ),
  ...said(
    "evening",
    "weary",
    `Long day. Shoes off, phone away, good night.
    I opened the fridge three times, and nothing new has happened in there.
    All the things that I did today were other things than the ones on the list.
    Whoever is [drilling|practising the trumpet|moving furniture] upstairs at this hour: I admire your energy.
    I wanted to go to bed early. I also wanted to see just one more episode.
    The printer and I have agreed to take a break from each other.
    Cooked for an hour, eaten in six minutes, washing up until now.
    Eleven o'clock, and the washing machine reminds me that it has been done since six.`,
  ),
  ...said(
    "weekend",
    "glad",
    `Flea market loot: one [lamp|teapot|map of a country that does not exist any more], two books, no regrets.
    The whole family at one table. Loud, crooked, lovely.
    Walked to the [lake|old mill|lookout] and back, [fourteen|nine|eleven] kilometres, with cake in the middle.
    Slept until ten. I had forgotten that this is allowed.
    First [barbecue|swim in the lake|picnic] of the year! It rained. We stayed.
    The children built a [castle|rocket|hotel for snails] out of boxes, and I may only enter with a ticket.
    Nap of the century.
    Found my old [diaries|tapes|stamp collection] in the attic and did nothing else all day.
    Made [pierogi|dumplings|ravioli|empanadas] with four generations around the table. The oldest is the fastest.
    Swam in the river for the first time this year. Short. Loud. Great.
    Museum with my [godson|niece]. We saw one painting, for forty minutes. She had questions.
    Repaired the [bicycle|toaster|garden gate] myself and have been insufferable since noon.
    Pancakes. That is the post.`,
  ),
  ...said(
    "weekend",
    "plan",
    `Who is coming to the [flea market|concert in the park|film on Sunday]? I have a spare ticket and no company.
    Planning to paint the [kitchen|hall|bathroom] this weekend. Wish me straight edges.
    Anybody up for a walk tomorrow? I bring the thermos.
    The plan for today is to have no plan. So far it goes well.
    Baking for the school fair today: [three|four] cakes, one oven, no plan B.
    Clothes swap at ours on [Saturday|Sunday], bring what you never wear.
    Would anybody like [rhubarb|courgettes|walnuts]? The garden has lost all measure.
    We are clearing out the cellar. If you hear nothing by Monday, send somebody.`,
  ),
  ...said(
    "any",
    "glad",
    `After [two years|eleven months|a very long winter] the [lemon tree|orchid|avocado] has decided to live.
    Signed the lease today! Keys in [two|three] weeks. [Boxes|Strong friends|Advice] wanted.
    My grandmother, 84, has sent her first voice message. Nine minutes. I have heard it twice.
    Got the job!! I will say more when I can type properly again.
    Small joys: a stranger held the umbrella over both of us until the crossing.
    One year without [cigarettes|sugar in my coffee|my car], as of today.
    The library lets you borrow [cake tins|board games|a telescope] now. I love this town.
    Passed my driving test at [thirty-four|forty-one|fifty-two]. Keep off the pavements.
    He said his first word. It was "more". He is ours.
    Learning [Portuguese|Polish|Swedish|Greek] for [forty|ninety] days now. I can order soup and apologise.
    Our street has a new bakery, and the smell reaches the third floor.
    Planted [garlic|tulips|a very small apple tree]. Now we wait.
    The band has a name, and we can play one and a half songs.
    Donated blood today, and got a biscuit and a compliment for my veins.`,
  ),
  ...said(
    "any",
    "funny",
    `My phone just told me that I have walked forty steps today. It sounded concerned.
    I have been saying "last week" about something that happened in 2019.
    The dog has learned to open the fridge. We have learned nothing.
    Autocorrect turned "kind regards" into "king of lizards", and I have sent it to my landlord.
    Waved back at somebody who did not wave at me. I live in another city now.
    There are two kinds of people, and they are married to each other about the dishwasher.
    Tried a recipe that said "ready in 20 minutes". It is now tomorrow.
    My five-year-old asked whether I was alive "when everything was grey".
    I own [eleven|nine|fourteen] tote bags and went home with a twelfth because I had none with me.
    The neighbour's cat has moved in. We do not know how to tell the neighbour.
    I talk to my plants. Today one of them fell over. I choose not to read anything into it.
    Went out for milk. Came back with a ficus, no milk.
    The self-checkout and I are not on speaking terms any more.
    My handwriting has reached the stage where I send photos of the shopping list and nobody knows, not even I.`,
  ),
  ...said(
    "any",
    "weary",
    `The lift is out of order again. Sixth floor. I am very fit now and very annoyed.
    Anyone else tired in a way that sleep does not help?
    Tax return: begun. That is all that I can report.
    The dentist said "we will keep an eye on it". I did not like the tone.
    Phone support, minute [forty|thirty-five|fifty]. The music has a chorus now.
    Spilled a whole [jar of tahini|can of paint|pot of tea] over the clean floor. I let it look at me for a while.`,
  ),
  ...said(
    "any",
    "plan",
    `Thinking about a week by the sea in [May|June|September]. Does anybody know a place that is not famous?
    I want to start a little supper club, six people, once a month, everybody cooks once. Who is in?
    New rule: phones into the drawer at nine. Day one.
    I would like to learn how to repair [bicycles|radios|clothes] properly. Is there a course around here?
    We are collecting for the [animal shelter|school garden|food bank] on Saturday, come by with whatever you can spare.
    Looking for a flatmate from next month: quiet room, loud kitchen.`,
  ),
  ...said(
    "any",
    "asking",
    `What was the last [film|series|concert] that you wanted to tell everybody about?
    Does anyone know a good [plumber|hairdresser|vet|bike repair] near the station?
    What do you cook when there is nothing left but [rice and onions|eggs|half a cabbage]?
    Unpopular opinion time: what does everybody love and you do not get?
    Best advice that you ever got from a stranger?
    What is your word for the end of a loaf of bread? This is tearing my family apart.
    How do people find the time to iron?
    Which song is stuck in your head? Give me yours, take mine away.
    Is it just me, or has [summer|winter|this month] become shorter?`,
  ),
  ...said(
    "any",
    "low",
    `We said goodbye to our old [dog|cat] today. [Sixteen|Fourteen] years. The flat is very quiet.
    Miss my people on the other side of the world a bit more than usual today.
    Did not get the flat. Again. On we go.
    A hard week. Thank you to everyone who wrote.
    In bed with a fever since [yesterday|Sunday]. Tell me something nice.`,
  ),
];

/** Of what the shop has, with an address of it. */
export const WITH_LINK: readonly string[] = [
  "Half of my wish list is here: {link}",
  "I was looking for {things} and found far too many: {link}",
  "For everybody who asked about {things}: {link} (sort by rating, thank me later).",
  "Present ideas, part [one|two|seven]: {link}",
  "This is what I do instead of sleeping. {link}",
  "{link} – I will have one of each, please.",
  "Found it! The one that we talked about is on this page: {link}",
  "Comparing {things} has become a hobby of mine. {link}",
];
