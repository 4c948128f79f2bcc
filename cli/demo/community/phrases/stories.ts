/** A long post: one way of saying each of its paragraphs is taken. */
export interface Story {
  /** Categories whose goods it may name. */
  tops: readonly string[];
  paragraphs: readonly (readonly string[])[];
}

const WAYS: readonly (readonly (readonly string[])[])[] = [
  [
    [
      "A short story about {theProduct} that became a long one.",
      "I promised to write this down, so here it comes.",
      "You asked how it went with {theProduct}. Sit down.",
    ],
    [
      "It began when the old one gave up in the middle of a Sunday, with [six|eight] people at the table and nothing open within an hour's drive. My [aunt|father-in-law|best friend] said what everybody thought: that I had been told. I had been told.",
      "It began with a gift card that had been in the drawer for [two|three] years and that was about to expire on the very day on which I found it. I had until midnight, a slow connection and far too much choice.",
    ],
    [
      "So I read. I read reviews by people who take these things far more seriously than I will ever take anything. I made a table. The table had colours. At some point my [wife|husband|son] asked whether I was still working, and I said yes.",
      "I went through [forty|sixty] {things}, wrote down what I wanted, crossed out half of it, and was left with two. Then I asked my [neighbour|colleague], who has owned both. She laughed and pointed at one of them without a word.",
    ],
    [
      "{TheProduct} came on a [Tuesday|Thursday|rainy Friday]. I did not open the box until the evening, because I know myself. Then I opened it.",
      "When {theProduct} arrived, the whole house gathered around, including the cat, who moved into the box at once and has not left it since.",
    ],
    [
      "That was [three weeks|two months|half a year] ago. {lived} {lived2}",
      "I have used {them} nearly every day since. {lived} {lived2}",
    ],
    [
      "What have I learned? That the second cheapest is not always right. That tables with colours are a way of not deciding. And that I should have done it years ago. {closing}",
      "If there is a moral, it is this: ask somebody who owns one. Reviews are strangers, friends have kitchens that you can stand in. {closing}",
    ],
  ],
  [
    [
      "Some of you have asked how the move went. In one word: went.",
      "We live here now! Officially, with our name at the bell and everything.",
    ],
    [
      "The van was too small, so we drove [three|four] times instead of two. In the second load was everything that we needed first, underneath everything that we needed last. Around noon somebody carried a box with the words KITCHEN IMPORTANT into the cellar, where it stayed for [four|six] days.",
      "It rained, of course. Not much, just enough to make the boxes soft at the corners. The sofa did not fit through the door. Then it did, nobody knows why, and we have decided never to move it again.",
    ],
    [
      "The best part were the people. [Seven|Nine] friends came although we had said that three would do. One of them had a bad back and made sandwiches for everybody all day long, and if I remember one thing of it all in twenty years, it will be those sandwiches.",
      "In the evening we sat on the floor, on the one rug, and ate soup out of mugs because the bowls were somewhere else. The neighbours from downstairs brought bread and salt. I had thought that nobody did that any more.",
    ],
    [
      "What we need next: curtains, and a second key. {TheProduct} {is} there already and {has} the best place in the flat. Come and see. Bring a chair.",
      "The list of what is missing has two pages. On top of it was {theProduct}, which came today. Everything else can wait until we have slept.",
    ],
  ],
  [
    [
      "Trip report, for everybody who wanted one and for everybody who did not.",
      "Back home. Sunburnt on one side only, because the train had no shade on the left.",
    ],
    [
      "Day one was delays. We missed the connection by [two|three] minutes and spent the night in a town whose name I still cannot spell, in a room above a bar in which somebody had a birthday. They invited us. We went. There was cake with sparklers, and an old man who explained the whole history of the place with salt shakers.",
      "On the first day we walked [eighteen|twenty-two] kilometres in shoes that were meant for ten. The path went along the coast, then up, then for a long time further up. At the top there was a bench, and on the bench a woman who sold plums. I have never eaten plums like these.",
    ],
    [
      "After that we stopped planning. We got off where it looked nice and got back on when it had been enough. It turns out that this works. It turns out that most things work when nobody waits for you.",
      "Things that I packed and did not need: four of six shirts, the guide book, my laptop. Things that I needed and had not packed: a second pair of socks, a corkscrew, patience. {TheProduct}, on the other hand, earned {its} place every single day.",
    ],
    [
      "I have [four hundred|six hundred] photos, thirty of them of the same goat. I will spare you. But if anyone wants to know which train to take and where to get off: ask me, I have become insufferable about it.",
      "Would I do it again? Tomorrow. The same way, with the same people, with better shoes.",
    ],
  ],
  [
    [
      "A small thank-you that has become longer than planned.",
      "I want to say something about this year, while I have the words.",
    ],
    [
      "In [January|February|March] I wrote here that I did not know how to go on with [the shop|my studies|the band]. I was not looking for advice, I think. I was only tired. You gave me advice anyway, and soup, and a spare key, and one of you drove [forty|eighty] kilometres to sit next to me and say nothing.",
      "When I got ill in [spring|autumn], I was sure that I would be bored and alone. Instead there was a rota. I found out about it later: who brings food, who takes the dog, who is good at phoning offices. There was a spreadsheet. I have seen it. It has a tab called MORALE.",
    ],
    [
      "It is not that everything is fine now. The stairs are still long, and some mornings are longer. But I notice that I make plans again, small ones, with dates on them. On [Saturday|Sunday] I cooked for six. I burnt the rice, and nobody left.",
      "I went back to work last week, for half days. My chair had been kept warm, somebody had watered the plant, and on the desk stood a card with names that I could hardly read because everybody had wanted to write at the same time.",
    ],
    [
      "So: thank you. I do not know how one gives such a thing back. Perhaps by passing it on, so write to me when it is your turn. I have a spare key now, and I make decent soup.",
      "That is all. Hug your people. Answer the message that you have been meaning to answer. I mean it.",
    ],
  ],
];

const TOPS: readonly (readonly string[])[] = [
  ["Kitchen", "Furniture", "Home"],
  ["Furniture", "Home", "Kitchen"],
  ["Travel", "Outdoor"],
  [],
];

export const STORIES: readonly Story[] = WAYS.map((paragraphs, i) => ({ paragraphs, tops: TOPS[i] }));
