"""An address as a QR code (ISO/IEC 18004), so that a printed sheet leads back to its page."""

import segno
from django.utils.safestring import SafeString


def qr_code(address):
    """An inline SVG without style attributes, black on white; segno escapes nothing of ours but numbers."""
    drawing = segno.make(address, error="l", micro=False).svg_inline(
        omitsize=True, border=4, svgclass="qr", lineclass=None, light="#fff"
    )
    return SafeString(drawing.replace("<svg ", '<svg role="img" aria-label="QR code of the short address" ', 1))
