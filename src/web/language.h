/* THE table of languages. A page in another language than English has the language's code before
 * its address: /plan is /cy/plan in Welsh. No cookie is needed, a link keeps its language when it
 * is sent on, and each address has one content. */
#ifndef WEB_LANGUAGE_H
#define WEB_LANGUAGE_H

#include "base/catalogue.h"
#include "base/list.h"
#include "base/work.h"

enum language { LANGUAGE_ENGLISH, LANGUAGE_WELSH, LANGUAGE_COUNT };

struct language_row {
    const char *code; /* of the lang attribute, of the address and of locale/ */
    const char *home; /* before addresses; "" for English, which has none */
    const char *name; /* in the language itself */
};

extern const struct language_row languages[LANGUAGE_COUNT];

/* Loads each language's catalogue, locale/cy.mo: from `folder`, that of a workspace, where there is
 * such a file, else the program's own. A catalogue of a workspace that cannot be read fails with
 * STATUS_INPUT. English has an empty one. */
MUST_CHECK enum status languages_load(struct work *work, const char *folder,
                                      struct catalogue out_catalogues[LANGUAGE_COUNT]);
/* The language whose code that is; English for none. */
enum language language_of(const char *code);
/* For template_view.translate. */
const char *language_translate(const void *catalogue, const char *words);
/* Sentences that services make of several pieces stand in the catalogue with {1}, {2} for the
 * pieces. What stands before the first piece and behind the last tells most others from it. */
struct language_pattern {
    const char *words;
    struct slice before, behind;
};
/* Those of a catalogue: struct language_pattern *, in the arena. */
struct list language_patterns(struct arena *arena, const struct catalogue *catalogue);
enum { LANGUAGE_PIECES_MOST = 8 };
/* Whether the text begins and ends as the pattern does; else it is not made of it. */
bool language_may_match(const struct language_pattern *pattern, struct slice text);
/* Whether a text is a pattern with something for each piece; the pieces, in the arena. */
bool language_match(struct arena *arena, const char *pattern, const char *text,
                    const char *out_pieces[LANGUAGE_PIECES_MOST]);
/* `words` with every {name} replaced by `value`, in the arena. */
const char *language_fill(struct arena *arena, const char *words, const char *name,
                          const char *value);

#endif
