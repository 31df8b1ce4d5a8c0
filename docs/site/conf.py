"""How `script/docs` builds the documents into a site: offline, with the fonts of the reader's machine."""

import contextlib
import logging
from typing import Any

from sphinx.application import Sphinx

from kiosk import __version__

with contextlib.suppress(ImportError):
    # Cuts Chinese into words for the search, and tells everybody how long it took to load.
    import jieba

    jieba.setLogLevel(logging.WARNING)

LARGE = {"docs/helper", "docs/sheet"}
"""Pages in large type."""

project = "帮办 Bangban"
version = release = __version__
extensions = ["myst_parser"]
# Where everything lies stays as it is: links work in the folder, on the site and in a code browser alike.
include_patterns = ["docs/**", "README.md", "CHANGELOG.md", "bench/README.md"]
exclude_patterns = ["docs/site/conf.py"]
root_doc = "docs/site/index"
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
# The sheets for trying it with people are reached from the page about that: tests/test_docs_site.py
# looks after the list.
suppress_warnings = ["toc.not_included"]
myst_links_external_new_tab = True
language = "zh_CN"
html_search_language = "zh"
html_theme = "furo"
html_title = "帮办 Bangban"
html_static_path = ["style.css", "large.css"]
html_use_index = False
html_css_files = ["style.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {
    "light_css_variables": {
        "font-stack": '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", sans-serif'
    }
}


def setup(app: Sphinx) -> None:
    """What a page has that others have not."""

    def of_this_page(app: Sphinx, page: str, *_: Any) -> None:
        if page in LARGE:
            app.add_css_file("large.css", priority=900)

    app.connect("html-page-context", of_this_page)
