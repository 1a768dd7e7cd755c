"""What the cards measure."""

from trainer.cards.benches import answering

BENCHES = {"cards": answering.BENCH}
