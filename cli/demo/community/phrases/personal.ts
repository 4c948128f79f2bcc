import { talk, type GoodsTalk } from "./goods-talk.ts";

const PERSONAL: Readonly<Record<string, GoodsTalk>> = {
  "Fashion/Shoes": talk(
    `No blisters, not even on the first day.
    Walked [twelve|fifteen|twenty] kilometres in {them} on Sunday and forgot about my feet.
    They run a little small: take half a size more.
    Waterproof, tested in the puddle at the bus stop.
    Look even better with a few scratches.
    I bought a second pair before they change the model, as they always do.`,
    `Do you size up for winter socks?
    How do you get salt stains off leather?
    Shoes for standing all day: what do nurses wear?`,
    `Half a size up, and thin socks for the first week.
    Vinegar and water, half and half, then grease.
    Resole the old ones first! The cobbler at the station is good.`,
  ),
  "Fashion/Clothing": talk(
    `Fits as if somebody had measured me in my sleep.
    The pockets are real. Real pockets!
    The fabric is heavier than I thought, so it falls nicely.
    Washed cold and hung up, no ironing.
    I have worn {them} [three days|the whole week] in a row and nobody has said anything.
    The sleeves are long enough, at last.`,
    `What do you wear to a wedding where it says "casual but nice"?
    Does linen ever look good after an hour?
    Is [rust|forest green|navy] a colour for everybody?`,
    `Linen is supposed to look like that. Own it.
    Dark blue, always, and shoes that you can dance in.
    Order two sizes and send one back, theirs differ a lot.`,
  ),
  Fashion: talk(
    `Goes with everything I own, and I own a lot of black.
    Two strangers have asked about it, on the same day.
    Looks more expensive than it was. Do not tell.
    I had one just like it as a student. Some things come back.
    Light, sturdy, simple. That is all I wanted.
    It makes me walk a little straighter.`,
    `What do you wear to a wedding where it says "casual but nice"?
    Silver or gold, if you can only have one?
    Is [rust|forest green|navy] a colour for everybody?`,
    `Whatever you reach for first. The rest is theory.
    Dark blue, always, and shoes that you can dance in.
    Both! Mixing is allowed now, my daughter says.`,
  ),
  Beauty: talk(
    `My skin has calmed down since [last week|I use it].
    The scent is there for a moment and then politely leaves.
    A little is enough, it will last until summer.
    The bottle can be refilled, more of that please.
    It does not stick, and the scarf stays clean.
    I was sceptical about the fuss. I am not any more.`,
    `What do you use in winter when everything gets dry?
    Is there a soap for hands that are washed thirty times a day?
    A perfume for somebody who does not like perfume?`,
    `Fewer things, more patience. Four weeks before you judge.
    The unscented one. My hands were sandpaper before.
    Something with vetiver, it disappears into the skin.`,
  ),
  Pets: talk(
    `Accepted after three days of being ignored.
    The old one has been carried into the garden and buried.
    Survived [a week|a fortnight] of a young terrier, so it will survive anything.
    Easy to wash, and believe me, that matters.
    She inspected it for an hour and then gave her blessing.
    The cat prefers the box it came in. Of course.`,
    `How do you teach a puppy that [shoes|cables|the postman] are not toys?
    Does your cat drink enough? Mine only takes water from my glass.
    How long can a dog stay alone, honestly?`,
    `Two bowls in two rooms. Cats are strange, but it works.
    Swap it for something better every single time. It takes a month.
    Ours was afraid of it for a week, and now nobody else may touch it.`,
  ),
  Baby: talk(
    `We slept [five|six] hours. In one go. I am not saying it is because of this, but still.
    Works with one hand while the other holds a screaming person.
    Everything comes off and goes into the wash.
    The little one studied it like a museum piece.
    Lasted through two children of friends before ours.
    The grandparents now want one for their place.`,
    `What did you really need in the first three months?
    When did yours sleep through the night? Be gentle.
    Which things would you buy second-hand and which never?`,
    `A lot less than the lists say. And somebody who brings soup.
    Everything second-hand but the mattress and the car seat.
    It gets better at four months, then worse, then better. Promise.`,
  ),
  Toys: talk(
    `Played with for two hours. In one piece. I drank a coffee while it was hot.
    It came along to the bakery, to the doctor and to bed.
    No batteries, no sounds. Bless whoever made it.
    A birthday present that the parents liked even more.
    Survived the first tantrum without a crack.
    We lost one piece within the first hour, and found it in the bread box.`,
    `What do you give a [four|six|eight] year old who has everything?
    Which board game works with people who hate board games?
    How many toys are too many?`,
    `Something cooperative. Nobody cries, at least not the adults.
    Wooden blocks. At every age. I am forty and I still build.
    Put half away and swap them each month, it is like a birthday.`,
  ),
};

const LEISURE: Readonly<Record<string, GoodsTalk>> = {
  Books: talk(
    `Read it in [two evenings|one rainy weekend|a week of train rides].
    The middle is a bit long, the ending makes up for it.
    I underlined so much that I cannot lend it to anybody.
    There is a [chapter|page] near the end that I have read four times now.
    My book club will hate it, and I look forward to that.
    It smells the way books should.`,
    `What are you reading at the moment? I need something [light|long|that does not make me cry].
    Do you finish books that you do not like?
    Paper or reader on holiday?`,
    `Life is too short. Fifty pages, then it may convince somebody else.
    Anything by the same author, start with the earliest.
    Paper at home, reader on the train. And nobody judges.`,
  ),
  "Music/Records": talk(
    `Side B is where it happens.
    The pressing is quiet, hardly a crackle.
    Played it [twice|three times] in a row with the windows open.
    The sleeve alone deserves a place on the wall.
    The neighbours know the bass line by now.
    My daughter asked why the music has to be turned over.`,
    `How do you store records without a basement?
    Which record do you put on when guests come?
    Is it worth cleaning old records, or is the crackle the point?`,
    `Upright, never stacked. I learned it the hard way.
    Something without words until the second glass.
    Clean them once, then leave them alone.`,
  ),
  "Music/Instruments": talk(
    `It stays in tune, even next to the radiator.
    Twenty minutes a day since [March|last month], and my fingers have stopped hurting.
    The sound fills the room without filling the whole house.
    I play the same three chords, but with far more joy.
    Easy to set up: five minutes and it made noise.
    For the price there is nothing to complain about.`,
    `How did you learn to read music as an adult?
    Can one practise in a flat with thin walls?
    Lessons or videos for the first year?`,
    `Lessons, at least the first ten. Bad habits are hard to lose.
    Headphones, and an agreement about Sunday mornings.
    Five minutes every day beat an hour on Saturday.`,
  ),
  Music: talk(
    `The sound fills the room without filling the whole house.
    Five minutes to set up, three hours gone.
    I hear breaths and chairs that I had never heard before.
    Built like something that one repairs instead of replacing.
    It looks so good that I dust it, which is new.
    For the price there is nothing to complain about.`,
    `Where does one put it so that the neighbours stay friends?
    How much does a good cable matter, honestly?
    What was the first record that was really yours?`,
    `Away from the wall, an arm's length. It makes a world of difference.
    Not at all, said the man in the shop, who sells cables.
    Felt under the feet, and talk to the neighbours first.`,
  ),
  Office: talk(
    `Does what it should, eight hours a day.
    My colleague has asked twice where it is from.
    The desk has been tidy for [four|six] days, a personal record.
    Nothing rattles, nothing squeaks, nothing sticks.
    Looks serious in a video call, which makes one of us.
    Mondays are one per cent better.`,
    `How do you keep your desk tidy for longer than a week?
    Standing or sitting? I change my mind every month.
    Is there a notebook that lies flat?`,
    `Everything that has not been touched in a week goes into a box.
    Both. Change when the kettle boils.
    Sewn binding, not glued. That is the secret.`,
  ),
  Travel: talk(
    `Survived [two|three] flights without a scratch.
    Everything for [five days|a week] goes in, if you roll instead of fold.
    The wheels are silent on cobblestones. Almost.
    It fits under the seat, tested today.
    The zip does not catch, which cannot be taken for granted.
    I found it on the belt at once, because nobody else has this colour.`,
    `Cabin luggage only, for a week: is that really possible?
    How do you pack a jacket without creases?
    What is in your bag that you never travel without?`,
    `Possible! Two pairs of shoes, one on your feet.
    A scarf. Blanket, pillow, towel and sometimes a scarf.
    Four wheels, not two. My shoulder says thank you.`,
  ),
};

export const PERSONAL_TALK: Readonly<Record<string, GoodsTalk>> = { ...PERSONAL, ...LEISURE };
