"""The one gate through which every text file of a centre comes: links, sizes, encodings."""

from pathlib import Path
from typing import Final

_LINKED: Final = "这是一个链接，不是文件，请放一个真正的文件"
_MISCODED: Final = "文字编码不对。请用记事本打开，点“另存为”，编码选 UTF-8，再保存"


class TextFileError(ValueError):
    """A text file cannot be read as text; the message is the remedy."""


def read_text_file(path: Path, largest: int, too_large: str) -> str:
    """Read a file of at most so many bytes; the byte order mark of Windows is no fault.

    TextFileError; FileNotFoundError if there is none.
    """
    if path.is_symlink():
        raise TextFileError(_LINKED)
    if path.stat().st_size > largest:
        raise TextFileError(f"文件太大，要小于 {largest // 1000} KB，{too_large}")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TextFileError(_MISCODED) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
