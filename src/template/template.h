/* Our template engine: mustache syntax, with the escaping of each value decided when a file loads.
 *
 *   {{x}} {{x.y}} {{.}}   a value, escaped for its place; {{.x}} looks in the innermost thing only
 *   {{x|y}} {{x|y|z}}     the first of them that is there, wherever a name stands
 *   {{@data.x}}           looks in the data of the file only, past the things that were entered
 *   {{x?}} {{x?words}} {{x?_ Words}}   may be missing; instead of it: words; translated words
 *   {{#x}}…{{/x}}         enters an object, or goes through a list
 *   {{?x}}…{{/x}}         if x is there (not null, false, "", missing, or a list of such; 0 is
 * there)
 *   {{?x=word}} {{?x==y}} {{?x~word}}   if it is that word; equals y, or is a list with y in it;
 *                         has that word in it
 *   {{^x}}…{{/x}}         unless; takes =, == and ~ too
 *   {{@first}} {{@last}} {{@number}}   the place in the list that is gone through; for ? and ^ too
 *   {{x.length}}          how many a list has
 *   {{*x}} {{*x data-y.}} an object as attributes: {"data-a": "b"} gives ` data-a="b"`; with
 *                         what goes before each name
 *   {{%x name=y}}         a value with y for each %{name} in it
 *   {{>name}} {{>name x}} another file; with x it sees x and nothing else; x? as above
 *   {{<name}}{{$block}}…{{/block}}{{/name}}   another file with its {{$block}}…{{/block}} replaced
 *   {{_ Words to translate, with {x} }}   {{_=x}}   a value that is itself words to translate
 *   {{! a comment }}
 *
 * A condition on x.y where x is a list asks whether any of its items has y. Names are looked for
 * from the innermost thing outwards, up to the data of the file, then in the view's `site`.
 *
 * An HTML state machine follows the text of the file. A value goes into text, a quoted attribute or
 * an address; in a script, a style, an event attribute, a comment, an unquoted attribute or a tag
 * no escaping is right, and the file is refused. Only names that are `html` or end in `Html` (in
 * files ending in .xml: `xml`, `Xml`) are written as they are. Files ending in .txt are not
 * escaped.
 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "base/text.h"
#include "base/work.h"
#include "template/thing.h"

/* Loaded once, never changed after: threads share it. */
struct template_set;

struct template_file {
    const char *name; /* pages/home.html */
    struct slice text;
};

/* Where the files come from. */
struct template_source {
    const char *folder; /* files here stand in for those of the same name; NULL for none */
    const struct template_file *files; /* instead of the program's own templates/, for tests */
    size_t count;
};

/* Loads every template. Fails with STATUS_INPUT and the file and line of the first fault. The set
 * has an arena of its own, freed by template_set_free. */
MUST_CHECK enum status template_set_load(struct work *work, const struct template_source *source,
                                         struct template_set **out_set);
/* NULL is allowed. */
void template_set_free(struct template_set *set);

/* What a template sees. */
struct template_view {
    struct thing model;
    struct thing site; /* looked at last: what all pages share */
    bool is_strict;    /* printing or entering a name that is not there is a failure, for tests */
    /* Gives the translation of a text, or NULL; NULL for none. */
    const char *(*translate)(const void *catalogue, const char *words);
    const void *catalogue;
    const char *home; /* goes before every link that begins with one slash: "/cy"; NULL for none */
};

/* Writes the template `name` (pages/home.html) with what the view gives. Only reads model and site,
 * so threads may share them. Fails with STATUS_NOT_FOUND for an unknown name, STATUS_LIMIT when the
 * text is full or the work has no end, STATUS_INPUT for a missing name in strict mode. */
MUST_CHECK enum status template_render(struct work *work, const struct template_set *set,
                                       const char *name, const struct template_view *view,
                                       struct text *out_text);

/* A text to translate and where it stands; for the list that translators work on. */
struct template_message {
    const char *words, *file;
    unsigned line;
};

size_t template_message_count(const struct template_set *set);
struct template_message template_message_at(const struct template_set *set, size_t index);
/* The names of the templates, in the order in which they were loaded. */
size_t template_count(const struct template_set *set);
const char *template_name_at(const struct template_set *set, size_t index);

#endif
