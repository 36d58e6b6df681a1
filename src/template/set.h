/* What a loaded template is: a flat list of operations. Private to this folder. */
#ifndef TEMPLATE_SET_H
#define TEMPLATE_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/list.h"
#include "base/slice.h"
#include "base/work.h"
#include "template/escape.h"
#include "template/template.h"

enum {
    TEMPLATE_FILE_MOST = 1 << 20,      /* bytes of one file */
    TEMPLATE_NAME_MOST = 100,          /* bytes of a file's name */
    TEMPLATE_PATH_MOST = 8,            /* names in a path such as x.y.z */
    TEMPLATE_SECTIONS_MOST = 32,       /* sections within sections, in one file */
    TEMPLATE_FILES_MOST = 2000,        /* in a set */
    TEMPLATE_CHAIN_MOST = 32,          /* files within files */
    TEMPLATE_DEPTH_MOST = 256,         /* things within things while rendering */
    TEMPLATE_STEPS_MOST = 10 * 1000000 /* operations of one rendering: one to two seconds */
};

enum operation_kind {
    OPERATION_LITERAL,
    OPERATION_VALUE,
    OPERATION_MESSAGE,
    OPERATION_ATTRIBUTES,
    OPERATION_FILLED,
    OPERATION_HOME, /* what goes before the addresses of this site */
    OPERATION_ENTER,
    OPERATION_IF,
    OPERATION_UNLESS,
    OPERATION_PARTIAL,
    OPERATION_PARENT,
    OPERATION_BLOCK,
};

enum path_kind { PATH_NAMES, PATH_SELF, PATH_FIRST, PATH_LAST, PATH_NUMBER };
enum path_test { PATH_TEST_NONE, PATH_TEST_EQUAL, PATH_TEST_CONTAINS, PATH_TEST_SAME };

/* Where a value is looked for. */
struct path {
    enum path_kind kind;
    bool is_own;         /* in the innermost thing only */
    bool is_of_data;     /* in the data of the file only */
    bool may_be_missing; /* marked with ? */
    size_t count;
    const char *names[TEMPLATE_PATH_MOST];
    const char *words;            /* as written, for messages */
    const struct path *otherwise; /* is looked for when this is not there; NULL for none */
};

struct operation {
    enum operation_kind kind;
    enum escape escape;
    unsigned line;
    struct path path;
    enum path_test test;
    const struct path *other;    /* of {{?x==y}}; of {{%x name=y}} */
    struct slice literal;        /* a literal's text; the word of a test; a default; a prefix */
    bool default_is_message;     /* the default is translated */
    bool is_message;             /* the value is words, which are translated */
    bool is_link;                /* the value is a link's address */
    size_t end;                  /* of a section: the operation after it */
    const char *name;            /* of a block; the %{name} of {{%x name=y}} */
    const struct template *file; /* of a partial or parent */
};

struct template
{
    const char *name;
    struct operation *operations;
    size_t count;
    bool is_loading;
};

struct template_set {
    struct arena *arena;
    const struct template_source *source;
    struct list templates; /* of struct template * */
    struct list messages;  /* of struct template_message * */
    size_t chain;          /* files within files while loading */
};

/* Reads a path such as x, x.y, .x, ., @data.x or @number, or several with | between them; false
 * when it is none. */
bool path_read(struct arena *arena, struct slice words, struct path *out_path);
/* Loads the file `name` unless it is there already. `asker` and `line` say who wants it, for the
 * message; NULL and 0 for none. */
MUST_CHECK enum status template_load(struct work *work, struct template_set *set, const char *name,
                                     const struct template *asker, unsigned line,
                                     const struct template **out_template);
/* Turns the text of a file into operations. */
MUST_CHECK enum status template_compile(struct work *work, struct template_set *set,
                                        struct template *template, struct slice text);
const struct template *template_find(const struct template_set *set, const char *name);

#endif
