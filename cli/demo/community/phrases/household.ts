import { talk, type GoodsTalk } from "./goods-talk.ts";

const HOME: Readonly<Record<string, GoodsTalk>> = {
  "Home/Lighting": talk(
    `The light is warm and does not glare[, even from the sofa|, not even late at night].
    It turned the gloomy corner by the [window|bookshelf|door] into the place where everybody sits.
    Reading in bed has finally stopped being an argument.
    The cable could be [half a metre|a foot] longer, that is my only complaint.
    With a weak bulb in it the whole room looks like evening.
    My [mother|neighbour|sister] walked in and asked where it was from before she had taken her coat off.`,
    `Which bulb do you use so that it looks warm but you can still read?
    Is one big lamp better than two small ones for a room of [15|20|25] square metres?
    How do you hide the cables?`,
    `Two small ones, always. One on each side and never the ceiling light again.
    2700 kelvin and nothing above 8 watts, that is all you need.
    Take the taller one. Ours was too low and shone right into everybody's eyes.`,
  ),
  "Home/Textiles": talk(
    `After [three|five|ten] washes the colour is still the colour.
    Softer than I expected at that price.
    The cat has claimed {them} already, so I cannot send anything back.
    It lost some fluff in the first week, then no more.
    The colours are quieter than in the picture, which I like.
    Good under bare feet and bare hands.`,
    `Do you wash yours at 40 or at 60 degrees?
    Wool or cotton if there are [two dogs|small children|red wine drinkers] in the house?
    How big should a rug be under a table for [four|six]?`,
    `Cotton. Wool is lovely until the first spill.
    40 degrees and no softener, ours look like new after two years.
    Bigger than you think: chairs should stay on it when somebody gets up.`,
  ),
  Home: talk(
    `It makes the shelf look as if I had planned it.
    Smaller than I imagined, but exactly right where it stands now.
    The glaze has tiny differences that the photo does not show.
    Wrapped so well that I needed ten minutes to unpack.
    I moved it around for an hour and then put it back where it was first.
    Guests keep [touching it|asking about it], which I take as a good sign.`,
    `How do you keep a shelf from looking like a shop window?
    Is there a rule for how high things should hang?
    What do you put on a windowsill that faces north?`,
    `Odd numbers and different heights. That is the whole trick.
    Eye height of the shortest person in the house, we never regretted it.
    Take half of everything away and look again the next day.`,
  ),
  Furniture: talk(
    `Assembly took [forty minutes|an hour|two hours and one short quarrel], and no screw was missing.
    It was carried up [three|four] floors by two very patient people.
    Sturdier than it looks, nothing wobbles.
    The colour is a shade darker than on my screen.
    I measured twice and it still only just went through the door.
    After a month there is not a scratch on it, in a house with [two children|a large dog].`,
    `How do you get furniture up a narrow staircase without taking the railing off?
    Oak or walnut, if the floor is [dark|light]?
    Does anyone have a sofa that survives a puppy?`,
    `Have them deliver it in parts, we carried ours up in an afternoon.
    Walnut on a light floor, oak on a dark one. Never the same wood twice.
    Mix it! A room where everything matches looks like a waiting room.`,
  ),
  "Garden/Plants": talk(
    `New leaf! I have told everybody in the house.
    It came upright, watered and without a single broken stem.
    The only thing in this flat that grows without being asked.
    North window, once a week a glass of water, and it is happy.
    It has a name. We do not discuss the name.
    The cat looks at it, it looks at the cat. Peace so far.`,
    `What survives on a windowsill that faces north?
    How do you know that it is too much water and not too little?
    When is the right time to repot?`,
    `Finger into the soil. Wet at the second knuckle: leave it.
    In spring, one size larger, never two.
    Less. Whatever it is, do less of it.`,
  ),
  Garden: talk(
    `Looks as if it had always been there.
    After a rainy week outside it is like new.
    The blackbird inspected everything and approved.
    My balcony has room for exactly one more of these, and then none.
    Bigger than I thought, and I am glad about it.
    The neighbour leaned over the fence and wanted to know where it was from.`,
    `When do you cut back [lavender|roses|the hydrangeas]?
    What grows on a balcony that gets [three|four] hours of sun?
    Slugs. How do you do it without chemicals?`,
    `Herbs! Mint and parsley do not mind the shade at all.
    Beer traps never worked for us, a ring of sheep's wool did.
    After the flowers, never later than the end of August.`,
  ),
  "Garden/Garden Tools": talk(
    `The handle fits my small hands, which never happens.
    First use: [the hedge|the roses|the whole front bed], done before lunch.
    After a rainy week outside there is no rust.
    The tomatoes have no opinion yet, but I do: lovely.
    The blackbird inspected everything and approved.
    My balcony has room for exactly one more of these, and then none.`,
    `When do you cut back [lavender|roses|the hydrangeas]?
    What grows on a balcony that gets [three|four] hours of sun?
    Slugs. How do you do it without chemicals?`,
    `Herbs! Mint and parsley do not mind the shade at all.
    Beer traps never worked for us, a ring of sheep's wool did.
    After the flowers, never later than the end of August.`,
  ),
  Tools: talk(
    `Good grip, also with gloves.
    My father borrowed it on Saturday. I do not expect to see it again.
    Not the lightest, but it does what it should.
    Everything else in the drawer looks like a toy now.
    Three things that had been loose for years are not loose any more.
    Made for people who do this all day, and it shows.`,
    `What belongs into a first toolbox?
    How do you find out where the cables run before you drill?
    Lend or not lend? I have lost two that way.`,
    `A decent hammer, two screwdrivers, a tape measure. The rest comes with the first disaster.
    Write your name on it. In red. It does not help, but it feels good.
    There is a little device for it, ask at the library. Ours lends them.`,
  ),
  "Tools/Power Tools": talk(
    `It took the whole [bookshelf|garden shed|kitchen] to build, and the battery was still half full.
    Good grip, also with gloves.
    My father borrowed it on Saturday. I do not expect to see it again.
    Not the lightest, but it does what it should.
    The case closes properly, which I have learned to value.
    Drilled into old concrete without smelling burnt: that is the test here.`,
    `Is a cordless one strong enough for concrete, or do I borrow a real one?
    What belongs into a first toolbox?
    How do you find out where the cables run before you drill?`,
    `Borrow. You need it twice in your life.
    A decent hammer, two screwdrivers, a tape measure. The rest comes with the first disaster.
    Buy the better bits and keep the cheap drill, not the other way round.`,
  ),
};

const KITCHEN: Readonly<Record<string, GoodsTalk>> = {
  "Kitchen/Coffee and Tea": talk(
    `The first cup was too bitter, the [second|third] was perfect.
    Mornings are quieter since I own {them}.
    Cleaning takes a minute, which is why it gets done.
    The café around the corner has lost a customer.
    It is louder than I hoped, but nobody has complained so far.
    Even my [brother|flatmate], who drinks instant, asked for another.`,
    `How fine do you grind for [filter|espresso|the moka pot]?
    Does hard water really make a difference?
    Paper filters or steel?`,
    `Paper. Steel lets too much dust through.
    A little finer than you think, and water just off the boil.
    Weigh everything once. After that you can do it by eye again.`,
  ),
  "Kitchen/Appliances": talk(
    `Fits under the cupboard, I measured three times.
    Used every single day since [it arrived|last month], no complaints.
    Quieter than the old one, which could be heard in the garden.
    The timer beeps as if the house were on fire.
    Everything that gets dirty goes into the dishwasher.
    Took the place of two other machines, so the kitchen is emptier than before.`,
    `What is the one machine in your kitchen that you would buy again?
    Does anyone really use the [grill|steam|smoothie] function?
    How do you get limescale off without the whole flat smelling of vinegar?`,
    `Citric acid, two spoons to a litre. No smell at all.
    The simple one without the display. Ours has lived through three moves.
    If you cook for more than two, take the bigger size.`,
  ),
  "Kitchen/Cookware": talk(
    `Nothing sticks, not even [eggs|pancakes|my attempts at fish].
    Heavier than the old one, and you feel it in a good way.
    It goes from the stove into the oven and onto the table.
    I cooked [dal|risotto|onion soup|ragù] for six in it and nothing burnt.
    The lid closes so well that the soup survived the bike ride.`,
    `Cast iron or steel, if I only want to own one?
    How often do you sharpen your knives?
    Does anyone know a bread recipe that works in a small oven?`,
    `Cast iron, and never tell anybody that you wash it with soap.
    Every other week, five minutes with the stone. It becomes a habit.
    Steel. Lighter, and you can leave the tomato sauce in it.`,
  ),
  Kitchen: talk(
    `Everybody in this house reaches for the new one first. There have been negotiations.
    Into the dishwasher every day, and not a mark on it.
    Feels right in the hand, I cannot say it better.
    The shelf looks as if a grown-up lived here.
    I dropped it on the first evening. The floor has a dent now.
    It was meant as a present. It was. Then I opened the box.`,
    `What do you keep flour in, so that nothing moves in?
    How many mugs are normal for two people? We have nineteen.
    How often do you sharpen your knives?`,
    `Glass, with a rubber ring. And a bay leaf, said my grandmother.
    Every other week, five minutes with the stone. It becomes a habit.
    One more than fit in the dishwasher, that is the rule.`,
  ),
  Grocery: talk(
    `The packet was meant to last [a month|until Christmas]. It lasted four days.
    Tastes like the one from [our holiday|the market in my home town].
    I hide {them} behind the oats, where nobody looks.
    Not cheap, but a little goes a long way.
    Goes with everything, mostly with me on the sofa.
    The wrapping alone is worth framing.`,
    `What do you bring when you are invited and do not know them well?
    Which olive oil do you fry with, and which one do you pour over?
    Does tea really go off?`,
    `Good chocolate. Nobody has ever been sad about good chocolate.
    The cheap one into the pan, the good one on the bread.
    Honey! Keeps for ever, and everybody has a cold at some point.`,
  ),
};

export const HOUSEHOLD_TALK: Readonly<Record<string, GoodsTalk>> = { ...HOME, ...KITCHEN };
