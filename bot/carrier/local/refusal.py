"""What the carrier does not do: its code and words, as Twilio says them."""


class Refused(Exception):
    """A call is not taken; status and code are Twilio's."""

    def __init__(self, code: int, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.status = status
