"""Pictures for families: small enough for any phone, upright, and without what a camera wrote into them."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image, TiffImagePlugin

from bot.carrier.media_kinds import kind_of
from bot.carrier.picture_fit import KIND, MOST_BYTES, NotFit, fit

_ORIENTATION, _GPS = 0x0112, 0x8825


def drawn(size: tuple[int, int] = (320, 200), mode: str = "RGB", kind: str = "PNG", **more: object) -> bytes:
    """A picture: black above, blue below."""
    picture = Image.new(mode, size, "black")
    picture.paste("blue", (0, size[1] // 2, *size))
    written = BytesIO()
    picture.save(written, kind, **more)
    return written.getvalue()


def noise(size: tuple[int, int]) -> bytes:
    """A picture that no codec makes small."""
    written = BytesIO()
    Image.frombytes("RGB", size, Random(1).randbytes(size[0] * size[1] * 3)).save(written, "PNG")
    return written.getvalue()


def seen(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGB", "PNG"), ("RGBA", "PNG"), ("P", "GIF"),
        ("1", "PNG"), ("I;16", "PNG"), ("RGB", "WEBP"),
    ],
)  # fmt: skip
def test_whatever_a_phone_or_a_screen_makes_goes_out_as_a_jpeg(mode: str, kind: str) -> None:
    written = BytesIO()
    Image.new(mode, (320, 200)).save(written, kind)
    content = fit(written.getvalue())
    assert kind_of(content) == KIND
    assert seen(content).size == (320, 200)
    assert seen(content).mode == "RGB"


def test_what_is_transparent_is_white_as_on_a_page() -> None:
    written = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    assert seen(fit(written.getvalue())).getpixel((10, 10)) == (255, 255, 255)


def test_place_and_time_that_a_camera_noted_are_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    exif[0x9003] = "2026:11:29 08:00:00"
    exif.get_ifd(_GPS)[2] = tuple(TiffImagePlugin.IFDRational(n) for n in (30, 16, 2))
    content = drawn(kind="JPEG", exif=exif)
    assert b"2026:11:29" in content
    fitted = seen(fit(content))
    assert fitted.size == (200, 320), "turned as it was held"
    assert not fitted.getexif()
    assert b"2026" not in fit(content)
    assert b"Exif" not in fit(content)


def test_a_large_photograph_is_made_small_enough_for_every_carrier() -> None:
    fitted = fit(noise((2400, 1800)))
    assert len(fitted) <= MOST_BYTES
    assert max(seen(fitted).size) <= 1600
    assert seen(fitted).width / seen(fitted).height == pytest.approx(4 / 3, rel=0.01)


def test_a_page_of_a_letter_stays_as_large_as_it_can_be_read() -> None:
    assert max(seen(fit(drawn((1700, 2200), kind="JPEG"))).size) == 1600


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.7\n", b"\xff\xd8\xff" + b"\0" * 50, drawn()[:120], b"<svg/>", b"GIF89a"],
    ids=["nothing", "text", "pdf", "broken jpeg", "cut off", "svg", "head alone"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotFit) as refused:
        fit(content)
    assert refused.value.why == "no_picture"


def test_a_small_file_that_would_fill_the_memory_is_refused_before_it_is_read() -> None:
    written = BytesIO()
    Image.new("1", (20_000, 20_000)).save(written, "PNG")
    assert len(written.getvalue()) < 1_000_000
    with pytest.raises(NotFit) as refused:
        fit(written.getvalue())
    assert refused.value.why == "too_many_pixels"
