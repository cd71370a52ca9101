"""What modules are made of. The layers themselves are in ``operators/``; ``namespace`` joins both to ``nn``."""
