"""The file from which a translation starts holds what is said, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.words.template import POT, template


@pytest.mark.slow
def test_the_file_is_up_to_date() -> None:
    assert POT.read_text("utf-8") == template(), "run make words"


def test_each_kind_of_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "theme/elements").mkdir(parents=True)
    (tmp_path / "theme/page.html").write_text(
        '{# Translators: a note #}\n<p title="{{ _("In a page") }}">{{ pgettext("hours", "Open") }}</p>'
    )
    (tmp_path / "theme/elements/a.js").write_text('import { _ } from "./words.js";\nconst a = _("In a " + "script");\n')
    (tmp_path / "theme/elements/b.js").write_text('const b = _("Of another library");\n')
    (tmp_path / "builder/alongside").mkdir(parents=True)
    (tmp_path / "builder/alongside/c.py").write_text(
        'ROWS = (N_("In a table"), words.ngettext("%(num)s a", "%(num)s b", 2))\n'
    )
    text = template(tmp_path)
    for said in ("In a page", "In a script", "In a table", "%(num)s a"):
        assert f'msgid "{said}"\n' in text
    assert 'msgctxt "hours"\nmsgid "Open"\n' in text
    assert '#. a note\n#: theme/page.html\nmsgid "In a page"' in text
    assert "Of another library" not in text


def test_a_message_has_forms_everywhere_or_nowhere(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/a.html").write_text('{{ _("%(num)s a", num=2) }}')
    (tmp_path / "theme/b.html").write_text('{{ ngettext("%(num)s a", "%(num)s b", 2) }}')
    with pytest.raises(ValueError, match=r"theme/b\.html: .*: %\(num\)s a"):
        template(tmp_path)
