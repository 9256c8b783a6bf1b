"""Names of files in whatever code a phone writes them: the form that they come with stays whole."""

from werkzeug import formparser
from werkzeug.datastructures import Headers
from werkzeug.sansio.multipart import MultipartDecoder


class NameDecoder(MultipartDecoder):
    """Reads the heads of the parts of a form as UTF-8, else as GB18030.

    Old browsers send names as their system writes them; Werkzeug then takes the whole form for
    empty, its token too.
    """

    def _parse_headers(self, data: bytes | bytearray) -> Headers:
        try:
            data.decode()
        except UnicodeDecodeError:
            data = data.decode("gb18030", "replace").encode()
        return super()._parse_headers(data)


def read_names_in_any_code() -> None:
    """Have Werkzeug read forms that way; it offers no other place to say so."""
    vars(formparser)["MultipartDecoder"] = NameDecoder
