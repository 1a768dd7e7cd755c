"""A link as a QR code."""

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules of white around it, as the standard asks


def svg(link: str) -> SafeString:
    """An inline SVG of `link`, black on nothing: what it stands on must be white (class `qr`). It
    has neither size nor style of its own, which the site's policy would refuse."""
    code = segno.make(link, micro=False, error="m")
    # Safe: of the link nothing is written but the pattern that encodes it.
    drawn = code.svg_inline(border=QUIET_ZONE, omitsize=True, svgclass="qr-code", lineclass=None)
    return mark_safe(drawn)  # noqa: S308
