"""What a page in Welsh says that is neither ours in Welsh nor on record in English, where it leads, and the
forms on it."""
import html.parser
import re

OPEN, CLOSE = "⟦", "⟧"
SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-words")
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "line", "circle", "rect", "polyline"}
# Names that are the same in every language, and the letters of ratings as papers print them.
NAMES = {"Due Regard", "English", "Cymraeg", "CSV", "ODS", "HTML", "ODT", "JSON", "XLSX", "HG", "LG", "LR", "HR"}


class Form:
    def __init__(self, attributes):
        self.action = attributes.get("action")
        self.method = attributes.get("method", "get")
        self.hidden, self.typed, self.buttons, self.choices, self.files = {}, [], [], {}, []


class Page(html.parser.HTMLParser):
    """Reads a page: `left` are its words that are marked as neither, `links` pairs of address and language."""

    def __init__(self, text, authority):
        super().__init__()
        self.stack, self.left, self.links, self.forms = [], [], set(), []
        self.language, self.authority = None, authority
        self.title, self.english = "", []
        self.feed(text)
        self.look_at_title()

    def is_english(self):
        return any(language == "en" for _, language in self.stack)

    def handle_starttag(self, tag, attributes):
        own = dict(attributes)
        if tag == "html":
            self.language = own.get("lang")
        if tag == "a" and own.get("href", "").startswith("/"):
            self.links.add((own["href"].split("#")[0], own.get("hreflang")))
        if tag == "form":
            self.forms.append(Form(own))
        elif self.forms and tag in ("input", "textarea", "select", "button", "option"):
            self.add_field(tag, own)
        if tag not in EMPTY:
            self.stack.append((tag, own.get("lang")))
        if not self.is_english() and own.get("lang") != "en":
            for name in SPOKEN:
                self.look(own.get(name) or "")

    def add_field(self, tag, own):
        form, name, value = self.forms[-1], own.get("name"), own.get("value", "")
        kind = own.get("type", "text")
        if tag == "option":
            if form.choices:
                form.choices[list(form.choices)[-1]].append(value)
        elif not name:
            return
        elif tag == "select":
            form.choices[name] = []
        elif tag == "button":
            form.buttons.append((name, value))
        elif kind == "hidden":
            form.hidden[name] = value
        elif kind == "file":
            form.files.append(name)
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value)
        else:
            form.typed.append(name)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = {tag for tag, _ in self.stack}
        if "title" in tags and "svg" not in tags:
            self.title += data
        elif self.is_english():
            self.english.append(data)
        elif not tags & {"style", "script", "textarea"} and self.is_read_out(tags):
            self.look(data)

    def is_read_out(self, tags):
        """Of a chart its title and description are words; its marks are figures, and names that the table has."""
        return "svg" not in tags or self.stack[-1][0] in ("title", "desc") and self.stack[-2][0] == "svg"

    def rest_of(self, text):
        """What is left of a text without its words of ours; a sentence may have others in it."""
        rest, before = text.strip(), None
        while rest != before:
            rest, before = re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", rest), rest
        return rest.replace(self.authority, "").strip()

    def look(self, text):
        rest = self.rest_of(text)
        if re.search(r"[A-Za-z]{2,}", rest) and rest not in NAMES:
            self.left.append(" ".join(rest.split()))

    def look_at_title(self):
        """The title of a page names records, which stand on the page too, or is ours."""
        english = " ".join(" ".join(self.english).split())
        for part in re.split("[–:]", self.rest_of(self.title)):
            if part.strip() not in english:
                self.look(part)
