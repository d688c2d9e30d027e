"""Which addresses a document may link to: the web, mail and telephone, and nothing that runs or opens a file."""

import re
from urllib.parse import quote

MOST = 2048
"""Characters of the longest address that is linked; Word takes no longer one."""

_WEB = re.compile(r"https?://[^\s/?#@:]|https?://[^\s/?#]*@[^\s/?#]|https?://\[", re.IGNORECASE)
_OTHER = re.compile(r"(?:mailto:[^\s@]+@[^\s@]|tel:\+?[0-9(])", re.IGNORECASE)
_UNSAFE = re.compile('[\x00-\x20\x7f-\xa0"<>\\\\^`{|}\u2028\u2029\ufffd]')


def safe_address(address: str) -> str | None:
    """The address with what no reader takes percent-encoded; None where it may not be linked."""
    address = address.strip()
    if len(address) > MOST or not (_WEB.match(address) or _OTHER.match(address)):
        return None
    return _UNSAFE.sub(lambda found: quote(found[0]), address)
