import { talk, type GoodsTalk } from "./goods-talk.ts";

/** Of what needs a socket, a mountain or a warm-up. */
export const GEAR_TALK: Readonly<Record<string, GoodsTalk>> = {
  "Electronics/Audio": talk(
    `Took {them} on the train this morning and heard nothing but the music.
    The bass is there, but it does not push.
    The battery lasted [four days|the whole week] of commuting.
    Voices in podcasts are clear, even with the window open.
    Pairing took two tries, since then no trouble at all.
    I heard a [guitar|second voice] in a song that I have known for twenty years.`,
    `Over-ear or in-ear for long flights?
    Does noise cancelling make anybody else slightly dizzy?
    What do you use for calls in a noisy kitchen?`,
    `Over-ear, and bring the cable, the planes still have sockets.
    A tip: turn the cancelling down to half. Works for me.
    The ones with replaceable pads. Mine are from 2019 and like new.`,
  ),
  "Electronics/Cameras": talk(
    `First roll of the [weekend|holiday]: sharper than my memory of it.
    Small enough that I really take it along.
    The menus need an evening and a cup of tea.
    Low light is where it shines.
    I photographed the same tree for an hour and was happy.
    My phone has been jealous since.`,
    `One lens for a trip: which one?
    How do you sort thousands of photos without losing your mind?
    Do you still print pictures?`,
    `A 35. You have feet, they are your zoom.
    Print twelve a year, one a month. The rest may stay on the disk.
    Delete on the way home, on the train. Be cruel.`,
  ),
  "Electronics/Accessories": talk(
    `One cable less on the desk, and I count that as a win.
    Half the price of the one with the famous name, and it does the same.
    Nobody at the office has noticed. I have, every day.
    Small, quiet, works. Nothing else to say.
    Lives in my bag now, next to the umbrella.
    Went from one computer to the other without any drivers.`,
    `How many chargers does one household need?
    Mechanical keyboard in an open office: yes or no?
    Which cable is the one that really charges fast?`,
    `No! Think of the others. Silent switches at most.
    One good one with three ports replaced five here.
    Look for the watts on the plug, the rest is marketing.`,
  ),
  Electronics: talk(
    `Set up in [ten minutes|a quarter of an hour], which surprised me.
    Fast enough for everything I do, and I do a lot of tabs.
    Looks good on the desk, and I did not expect to care.
    The old one goes to my [nephew|mother], who is delighted.
    Updates came at once and nothing broke.
    No fan, no hum, nothing.`,
    `Repair or replace after [four|five] years?
    How do you keep the children's screen time in check without a war?
    How big is too big for a desk of 120 centimetres?`,
    `Repair. A new battery and it is a new machine.
    27 inches, and push it as far back as you can.
    Wait two weeks. If you still want it then, you want it.`,
  ),
  "Outdoor/Camping": talk(
    `Two nights of rain and everything inside stayed dry.
    Packs smaller than the old one, there is room for the good cheese now.
    Set up in the dark with one hand on the torch. It can be done.
    Warm down to about five degrees, after that you want socks.
    Morning by the lake, coffee, nobody else. Worth every metre.
    The zip has the little pull that you find in the dark.`,
    `Where do you camp when everything is booked?
    What do you cook on one burner for four?
    How do you get a tent dry at home without a garden?`,
    `Couscous. Boil water, wait, done.
    Midweek, and ask the farmer. They nearly always say yes.
    Over the bath tub, for two days. The flat smells of adventure.`,
  ),
  Outdoor: talk(
    `Up on the [ridge|pass|hill] before the others were awake.
    It has its own place in the rucksack now.
    Light enough to forget that it is there.
    Rain, mud, a whole night outside: nothing.
    Fell [ten|twenty] metres down a scree slope and still works.
    Next stop: the [coast path|long valley|old border trail].`,
    `Day hike with children under eight: how far?
    Which hut would you go back to at once?
    What is the one thing in your rucksack that others laugh about?`,
    `Age plus one, in kilometres. And a lot of snacks.
    A second pair of socks. Always.
    Start an hour earlier than you want to. You will never be sorry.`,
  ),
  "Sports/Cycling": talk(
    `[Eleven|Fourteen|Eighteen] kilometres to work, and faster than the tram.
    The gears shift without thinking about it.
    First ride in the rain: mudguards would be next.
    Light enough to carry up to the second floor.
    Passed three people on the hill who looked far more professional.
    Sits well, also with the hair tied back.`,
    `What do you do with wet clothes at work?
    Is a second lock overkill?
    Which road to the river has the fewest cars?`,
    `Two locks, of different kinds. I speak from experience.
    Merino and a spare pair of socks in the drawer.
    Take the old railway line, it is longer but so much nicer.`,
  ),
  "Sports/Fitness": talk(
    `Ten minutes every morning for [three|four] weeks now. Ten real minutes.
    Does not slip, not even on the wooden floor.
    Heavier than I can lift properly, so I am learning humility.
    It lives behind the door and looks at me.
    My physio nodded, which is high praise.
    Finished the whole plan for once.`,
    `How do you keep going after week three?
    Mornings or evenings?
    Stretching: before, after or never?`,
    `Put the mat out the evening before. The rest follows.
    After. And nobody ever died of five minutes.
    A friend who waits for you. Nothing else works for me.`,
  ),
  Sports: talk(
    `First game with it and we lost, but it was not the equipment.
    Good grip, also when it is wet.
    I am still terrible. It just looks better.
    The children have taken over, I may watch.
    [Sore|Bruised] in places that I did not know of, and happy.
    Held through a whole season on asphalt.`,
    `Is forty too old to start?
    Does anyone play on Thursdays and needs a [fourth|fifth]?
    How often do you have the strings changed?`,
    `Forty is perfect. You know how to fall by then.
    I do! Thursday, seven, the court by the school.
    Twice a year, more is for people who win.`,
  ),
};
