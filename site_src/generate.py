"""Makes the pages of the site, as Markdown with front matter, from checked content."""

from datetime import date
from typing import Any

from site_src.loading import Content, Item
from site_src.pages.cards import make_card_index, make_card_page
from site_src.pages.figures import make_figures_page
from site_src.pages.guides import make_guide_index, make_guide_page
from site_src.pages.home import make_home_page
from site_src.pages.network import make_network_page
from site_src.pages.notices import make_notice_index, make_notice_page
from site_src.pages.policies import make_policy_index, make_policy_page
from site_src.pages.policy_lists import make_policy_lists
from site_src.pages.privacy import make_privacy_page
from site_src.pages.public_lists import make_public_lists_page
from site_src.pages.stories import make_story_index, make_story_page
from site_src.pages.tables import make_deadlines_page, make_injury_money_page
from site_src.pages.text import MadePage, escape
from site_src.pages.verify import make_verify_page
from site_src.schemas import Guide, Notice, Page, Policy, RightsCard, Story


def make_pages(content: Content, today: date) -> list[MadePage]:
    """Every page of the site, in no particular order; `today` decides which notices are over."""
    articles = [make_article(item, content, today) for item in content.articles]
    return [*articles, *make_lists(content, today), *make_other_pages(content, today)]


def make_article(item: Item[Any], content: Content, today: date) -> MadePage:
    """The page of one file. Of other files it shows nothing but what is in their front matter."""
    match item.record:
        case Policy():
            return make_policy_page(item, content)
        case RightsCard():
            return make_card_page(item, content)
        case Story():
            return make_story_page(item, content)
        case Guide():
            return make_guide_page(item, content)
        case Notice():
            return make_notice_page(item, today)
    raise TypeError(f"no page is made from {type(item.record).__name__}")


def make_lists(content: Content, today: date) -> list[MadePage]:
    """The pages that list others; they show nothing but front matter."""
    return [
        make_policy_index(content),
        *make_policy_lists(content),
        make_card_index(content),
        make_story_index(content),
        make_guide_index(content),
        make_notice_index(content, today),
    ]


def make_other_pages(content: Content, today: date) -> list[MadePage]:
    """The few pages made from published figures, rules and settings."""
    return [
        make_home_page(content, today),
        make_deadlines_page(content),
        make_injury_money_page(content),
        make_figures_page(content.public.figures),
        make_public_lists_page(content, today),
        make_verify_page(content.public.receipt_key, content.centre),
        *(make_moved_page(old, new) for old, new in content.redirects.items()),
        make_network_page(content.network, content.centre, today),
        *(make_own_page(page, content) for page in content.pages),
    ]


def make_own_page(page: Item[Page], content: Content) -> MadePage:
    """A page of content/pages; the privacy notice also lists what the forms ask."""
    if page.slug == "privacy":
        return make_privacy_page(page, content.public.privacy)
    return make_plain_page(page)


def make_plain_page(page: Item[Page]) -> MadePage:
    """A page of its own; /about/ also shows the centre's address and telephone."""
    meta = {
        "title": page.record.title,
        "description": page.record.summary,
        "kind": "page",
        "section": page.slug,
        "contact": page.slug == "about",
    }
    return MadePage(f"{page.slug}.md", meta, page.body)


def make_moved_page(old: str, new: str) -> MadePage:
    """What stands at an old address: a link to the new one, and nothing for search engines."""
    meta = {
        "title": "这一页挪走了",
        "description": "请点下面的链接，看新的一页。",
        "kind": "list",
        "canonical": new,
    }
    return MadePage(f"{old.strip('/')}.md", meta, f"- [**到新的一页** {escape(new)}]({new})")
