"""The page on which anybody checks a receipt: by its QR code, or by hand."""

from site_src.centre import Centre
from site_src.pages.text import MadePage, bullets, escape, heading, join
from site_src.public_data import ReceiptKey


def make_verify_page(key: ReceiptKey | None, centre: Centre) -> MadePage:
    """Make the page /verify/; the form stands on it once the key is published."""
    meta = {
        "title": "核对回执",
        "description": "别人给您看一张本中心的回执，想知道是不是真的，在这里核对。",
        "kind": "page",
        "section": "verify",
        "verify": {"public_key": key.public_key} if key else None,
    }
    if key is None:
        body = f"现在还不能在网上核对。请打电话 [{centre.hotline}](tel:{centre.hotline}) 问。"
        return MadePage("verify.md", meta, body)
    return MadePage("verify.md", meta, join([*explain_checking(), *describe_key(key, centre)]))


def explain_checking() -> list[str]:
    """Explain how to check, and what it says and does not say."""
    return [
        heading("怎么核对", "how"),
        bullets(
            [
                "**扫码：** 用手机扫回执下面那个码，这一页会直接说是不是真的。",
                "**手填：** 把回执上那一段字填进上面的框，点“核对”。空格、大小写不要紧。",
            ]
        ),
        heading("核对出来说明什么", "meaning"),
        bullets(
            [
                "**说明：** 这张回执是本中心发的，编号、事项、日期没有被改过。",
                "**不说明：** 谁交的，办到哪里了，批准没有。核对的时候，我们不去查这件事。",
            ]
        ),
    ]


def describe_key(key: ReceiptKey, centre: Centre) -> list[str]:
    """Show the public key and its fingerprint, for who wants to check with another program."""
    return [
        heading("本中心的公钥", "key"),
        "回执上的签名是用和它配对的密钥签的（Ed25519）。"
        f"想确认公钥没有被换过，请打 [{centre.hotline}](tel:{centre.hotline})，把指纹对一遍。",
        bullets([f"**指纹：** `{escape(key.fingerprint)}`", f"**公钥：** `{key.public_key}`"]),
    ]
