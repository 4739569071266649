"""What is wrong with a picture."""


class ImageError(Exception):
    """A picture that is not taken; the message is for the person who sent it.

    Codes: `not_an_image`, `unsupported_type`, `too_many_bytes`, `too_many_pixels`, `broken`,
    `unsafe_svg`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
