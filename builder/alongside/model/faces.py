"""What someone in a conversation looks like, in plain words from closed lists."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from alongside.model.element import Element

Skin = Literal["pale", "light", "olive", "tan", "brown", "dark"]
Age = Literal["child", "teenager", "adult", "middle-aged", "old"]
Hair = Literal[
    "short", "cropped", "parted", "swept", "receding", "bald", "curly", "afro", "locs", "wavy", "bob", "fringe", "long", "plait",
    "ponytail", "bun", "braids",
]  # fmt: skip
HairColour = Literal["black", "dark", "brown", "red", "fair", "grey", "white"]
Beard = Literal["none", "stubble", "moustache", "short", "full"]
Glasses = Literal["none", "round", "square"]
Headwear = Literal["none", "headscarf", "turban", "headwrap", "cap", "woolly-hat"]
Clothes = Literal["jumper", "shirt", "hoodie", "jacket", "tunic", "dungarees", "high-vis"]
Colour = Literal["teal", "green", "olive", "yellow", "rust", "plum", "pink", "blue", "navy", "grey"]
Extra = Literal[
    "hearing-aid", "cochlear-implant", "wheelchair", "communication-aid", "headphones", "earrings", "freckles"
]


class Face(Element):
    """What someone looks like, so that they are drawn, and always the same. Say what the texts say and what you choose; nothing is guessed."""

    skin: Skin
    """How dark the skin is."""
    age: Age = "adult"
    """About how old: `child` up to about twelve, `middle-aged` from about fifty, `old` from about seventy."""
    hair: Hair = "short"
    """The cut, as far as it shows below what is worn on the head."""
    hair_colour: HairColour = "brown"
    """The colour of hair, eyebrows and beard."""
    beard: Beard = "none"
    """A beard or moustache."""
    glasses: Glasses = "none"
    """Whether glasses are worn, and which."""
    headwear: Headwear = "none"
    """What is worn on the head."""
    clothes: Clothes = "jumper"
    """What is worn: `tunic` is that of carers and nurses."""
    colour: Colour = "teal"
    """The colour of the clothes, and a pale one of the same kind behind the person."""
    also: tuple[Extra, ...] = Field(default=(), max_length=3)
    """What else is to be seen, such as a hearing aid."""
