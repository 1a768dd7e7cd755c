"""The words of which the simulator makes names and texts. They mean nothing, but each topic has its
own, so that a text shows its topic. Every word stands under one topic only."""

# A line a topic: its name first (the main hashtag), then its nouns.
TOPICS = [
    line.split()
    for line in """
football goal keeper striker penalty derby referee midfield corner league pitch offside transfer
cooking recipe garlic oven dough sauce pepper butter simmer skillet noodle basil dinner
space rocket orbit lander telescope crater payload comet probe booster eclipse moon capsule
music chorus guitar album drummer vinyl concert melody singer encore playlist bass tempo
politics ballot senate campaign treaty envoy coalition debate mandate budget policy reform turnout
cinema trailer director sequel actor premiere script matinee studio casting documentary plot scene
gardening compost seedling trellis pruning tulip mulch tomato orchard greenhouse shovel hedge rake
cycling pedal peloton saddle sprint gravel climb wheel helmet puncture cassette handlebar descent
finance bond dividend inflation ledger futures hedgefund equity yield audit currency broker margin
gaming console quest respawn controller raid patch speedrun leaderboard avatar loot arcade joystick
weather storm drizzle forecast humidity frost thunder breeze barometer heatwave hail fog monsoon
travel passport ferry hostel itinerary luggage border museum layover railway compass visa souvenir
coding compiler refactor debugger branch latency kernel database regex thread cache merge stack
health vaccine sleep protein clinic stretching allergy vitamin pulse therapy nurse posture diet
fashion denim runway tailor sneaker linen vintage collar fabric wardrobe scarf stitch blazer
history empire archive dynasty fortress scroll siege artifact pharaoh annals monarch relic medieval
animals otter kitten falcon burrow paws hedgehog badger puppy migration feather whale nest
education lecture syllabus tuition campus essay seminar scholar homework diploma tutor exam lesson
energy turbine battery solar reactor voltage pipeline hydrogen fusion windfarm watt dynamo charger
books novel paperback chapter librarian poem author memoir trilogy bookshop sonnet margins anthology
basketball dunk rebound playoff jersey buzzer dribble layup arena bench rookie hoop overtime
art canvas gallery sculptor fresco palette sketch mural exhibit watercolor easel ceramics portrait
cars engine torque gearbox hatchback diesel clutch chassis bumper roadster piston brake coupe
chess bishop gambit endgame knight checkmate opening rook pawn blunder castling tournament stalemate
""".strip().splitlines()
]


def _words(text: str) -> list[str]:
    return text.split()


TAG_ENDINGS = ["", "talk", "week", "live", "daily", "fans"]  # a topic's hashtags: its name + these
EVENT_ENDINGS = ["final", "alert", "night", "summit", "day"]  # of hashtags that come and go
BOT_TAG = "cashquest"

OPENERS = [
    "honestly",
    "well",
    "so",
    "today",
    "once again",
    "hot take",
    "update",
    "quick note",
    "finally",
    "reminder",
    "small win",
    "confession",
    "question",
    "morning thought",
    "late thought",
    "for the record",
]

ADJECTIVES = _words(
    """
    great slow strange bright quiet clever rough splendid shaky fresh famous curious solid
    messy polished wild gentle stubborn sharp peculiar brave belated late perfect
    """
)

# Four nouns of a topic (a, b, c, d) and two adjectives (x, y).
TEMPLATES = [
    "{o}: the {a} was {x} and the {b} even {y}, nobody talks about the {c}",
    "{o}, a {x} {a} beats a {y} {b} every time, ask the {c}",
    "{o}: spent all evening on the {a} and the {b}, next comes the {c} with a {x} {d}",
    "why is the {a} so {x} when the {b} and the {c} look {y}?",
    "{o}: {a} first, then {b}, then {c}, and keep the {d} {x}",
    "the {x} {a} of this year is the {b} with a {y} {c}",
    "{o}, i changed my mind about the {a}, it is {x} and the {b} helps",
    "never trust a {x} {a} before you have seen the {b} and the {c}",
    "{o}: two hours of {a}, one {x} {b}, and a {y} {c} at the end",
    "what would you choose, the {a}, the {b} or the {x} {c}?",
    "{o}: somebody left a {x} {a} near the {b}, the {c} is {y} now",
    "the {a} and the {b} again, and still no {x} {c}",
]

REPLIES = [
    "{x} point, but the {a} matters more than the {b}",
    "agreed, the {a} was {x}",
    "no, look at the {b} and the {c} once more",
    "this {a} is {x}, thank you",
    "and what about the {a}, is it not {x}?",
    "the {b} says otherwise, {y} as it is",
]

BOT_TEMPLATE = "{x} {y} offer, follow now and win, ends soon #" + BOT_TAG

# The first and the second half of a handle: short, so that a number fits behind them.
FIRST = _words(
    """
    amber arch ashen azure bold brave brisk calm cedar civic clear cloud coral cosy crisp dawn
    deep dewy dusky eager early elder ember extra fable fair fancy fleet fresh frost giant
    glad gold grand green happy hazel icy indie inky ivory jade jolly keen kind lemon light
    lilac loyal lucky lunar maple mellow merry mild minty misty moss neat noble north novel
    oaken ocean olive opal paper pearl plain plum polar proud quick quiet rapid rosy royal
    ruby rusty sandy sage sharp shy silky silver slow small snowy solar south spare stark
    still sunny swift tidy tiny umber urban vivid warm west wild windy
    """
)
SECOND = _words(
    """
    adder alder ant ape aspen bat bear bee bison boar brook cat cliff cobra coot cove crab
    crane creek crow cub deer delta dove drake duck dune eagle eel egret elk fawn fern field
    finch fjord fox frog gecko glade goat goose grove gull hare hawk heron hill horse ibex
    ibis jay kite kiwi koala lake lark lemur lion llama loon lynx marsh mink mole moose moth
    mouse newt otter owl panda perch pike pine pond quail raven reef ridge river robin rook
    seal shark shrew skunk sloth snail snipe stag stoat stork swan tapir teal tern tiger toad
    trout vole wasp whale wolf wren yak zebra
    """
)
