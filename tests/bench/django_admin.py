"""The peer: Django's admin over the same cases, as a developer of a county would set it up."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import django
from django.apps import AppConfig
from django.conf import settings

from tests.bench.office_rows import FiledCase

APP = "peer"
_AT_ONCE = 2_000
_made: dict[str, Any] = {}


class Peer(AppConfig):  # type: ignore[misc]
    """What Django calls an app: the model below, and nothing else."""

    name, label = "tests.bench", APP


def open_admin(folder: Path, size: int, rows: Iterator[FiledCase]) -> Callable[[], object]:
    """Fill a database of its own, and return what asks for the first page of its list."""
    if not settings.configured:
        _configure(folder)
    alias = str(size)
    from django.db import connections
    from django.test import Client

    model = _made["model"]
    with connections[alias].schema_editor() as editor:
        editor.create_model(model)
    while some := [*islice(rows, _AT_ONCE)]:
        model.objects.using(alias).bulk_create(map(_make_row, some))
    client = Client()
    client.force_login(_made["user"])

    def ask() -> object:
        _made["alias"] = alias
        answer = client.get(f"/admin/{APP}/filedcase/")
        assert answer.status_code == 200
        return answer

    return ask


def _make_row(one: FiledCase) -> Any:
    case, answers = one.case, one.answers
    return _made["model"](
        number=case.receipt, kind=str(case.kind), state=case.state,
        town=str(answers.get("town", "")), name=str(answers.get("name", "")),
        id_number=str(answers.get("id_number", "")), mobile=str(answers.get("mobile", "")),
        employer=str(answers.get("employer", "")), due_on=case.due_on,
        submitted_at=case.submitted_at, holder="", is_open=case.open,
    )  # fmt: skip


def _configure(folder: Path) -> None:
    from tests.bench.office import SIZES

    base = {
        "ENGINE": "django.db.backends.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL"},
    }
    settings.configure(
        SECRET_KEY="bench", DEBUG=False, ALLOWED_HOSTS=["*"], USE_TZ=True, ROOT_URLCONF=__name__,
        DATABASES={"default": {**base, "NAME": str(folder / "django.db")}}
        | {str(size): {**base, "NAME": str(folder / f"django-{size}.db")} for size in SIZES},
        INSTALLED_APPS=["django.contrib.admin", "django.contrib.auth",
                        "django.contrib.contenttypes", "django.contrib.sessions",
                        "django.contrib.messages", f"{__name__}.Peer"],
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware",
                    "django.contrib.auth.middleware.AuthenticationMiddleware",
                    "django.contrib.messages.middleware.MessageMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
                    "OPTIONS": {"context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages"]}}],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", STATIC_URL="/static/",
    )  # fmt: skip
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _made["user"] = User.objects.create_superuser("bench")
    _made["model"] = _make_model()
    _register()


def _make_model() -> Any:
    from django.db import models

    text = {"max_length": 60, "blank": True}

    class FiledCase(models.Model):  # type: ignore[misc]
        """A case as a table row, with an index for what the list is asked by."""

        number = models.CharField(unique=True, **text)
        kind = models.CharField(db_index=True, **text)
        state = models.CharField(**text)
        town = models.CharField(db_index=True, **text)
        name = models.CharField(**text)
        id_number = models.CharField(db_index=True, **text)
        mobile = models.CharField(db_index=True, **text)
        employer = models.CharField(**text)
        holder = models.CharField(**text)
        due_on = models.DateField(null=True, db_index=True)
        submitted_at = models.DateTimeField()
        is_open = models.BooleanField()

        class Meta:
            app_label = APP
            indexes = (models.Index(fields=["is_open", "due_on"]),)

    return FiledCase


def _register() -> None:
    from django.contrib import admin

    class CaseAdmin(admin.ModelAdmin):  # type: ignore[misc]
        """The list: open cases by due day, with filters, as the workbench shows them."""

        list_display = (
            "number",
            "kind",
            "state",
            "name",
            "town",
            "submitted_at",
            "due_on",
            "holder",
        )
        list_filter = ("kind", "state", "town", "is_open", "holder")
        search_fields = ("number", "name", "id_number", "mobile", "employer")
        ordering = ("due_on",)
        list_per_page = 20

        def get_queryset(self, request: Any) -> Any:
            """Read the database of the size that is asked."""
            return super().get_queryset(request).using(_made["alias"]).filter(is_open=True)

    admin.site.register(_made["model"], CaseAdmin)


def __getattr__(name: str) -> Any:
    """Give Django its addresses once it is set up."""
    if name == "urlpatterns":
        from django.contrib import admin
        from django.urls import path

        return [path("admin/", admin.site.urls)]
    raise AttributeError(name)
