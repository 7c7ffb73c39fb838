"""The page `/trust/`: how well the site keeps to what it promises, in numbers of its own database."""
