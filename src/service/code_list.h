/* The registry of classifications: lists of codes with their versions, the groups made of them, and
 * the dated crosswalks between them (rules/lists.csv, rules/lists/, rules/list_aggregates.csv,
 * rules/list_crosswalks.csv). What a person answered is kept as a code of the list that was asked;
 * groups for output are derived from it, never written over it. */
#ifndef SERVICE_CODE_LIST_H
#define SERVICE_CODE_LIST_H

#include <stdbool.h>

#include "base/list.h"
#include "base/work.h"

/* What stands behind a cell. Only ANSWER_GIVEN has a code of a list. */
enum answer_state {
    ANSWER_GIVEN,
    ANSWER_PREFER_NOT_TO_SAY, /* a response; a blank is none */
    ANSWER_NOT_ANSWERED,      /* asked, and left blank */
    ANSWER_NOT_ASKED,
    ANSWER_UNKNOWN,        /* an older system's unknown */
    ANSWER_WITHDRAWN,      /* notice was given to stop processing */
    ANSWER_NOT_UNDERSTOOD, /* a label that is not mapped */
    ANSWER_STATE_COUNT
};

/* `prefer-not-to-say`, as files have it; and the state of that name, false when there is none. */
const char *answer_state_code(enum answer_state state);
const char *answer_state_title(enum answer_state state);
bool answer_state_read(const char *code, enum answer_state *out_state);

struct list_code {
    const char *code, *label;
    const char *parent; /* a code of the same list; NULL for a group or a flat list */
    bool is_group;      /* some code has it as parent */
};

struct list_aggregate {
    const char *name, *label; /* the label is for display, and may be changed */
    const char *codes;        /* parted by blanks */
};

struct code_list {
    const char *name, *role, *title, *nation, *source;
    const char *from, *to; /* ISO dates; NULL: not known, still in use */
    const char *note;
    struct list codes;      /* of struct list_code * */
    struct list aggregates; /* of struct list_aggregate * */
    bool is_loaded;
};

struct code_lists {
    struct list lists; /* of struct code_list * */
    bool has_aggregates, has_crosswalks;
    struct list crosswalks; /* of struct list_crosswalk * */
};

struct list_crosswalk {
    const char *from_list, *from_code, *to_list, *to_code, *from, *note;
};

/* Reads the table of lists; the lists themselves are read when they are asked for. */
MUST_CHECK enum status code_lists_open(struct work *work, struct code_lists *out_lists);
/* The list with its codes and groups. STATUS_NOT_FOUND when there is none of that name. */
MUST_CHECK enum status code_list_load(struct work *work, struct code_lists *lists, const char *name,
                                      const struct code_list **out_list);
/* The code of that name, or NULL. */
const struct list_code *code_list_find(const struct code_list *list, const char *code);
/* The group of that name, or NULL. */
const struct list_aggregate *code_list_aggregate(const struct code_list *list, const char *name);
/* True when the code, or its parent, belongs to the group. */
bool code_list_is_in(const struct code_list *list, const struct list_aggregate *aggregate,
                     const char *code);
/* Codes that nothing is divided from: what a census table prints. */
size_t code_list_categories(const struct code_list *list);
/* Follows the crosswalks from one list to another by the fewest steps (19 to 18 to 5).
 * `*out_code` is NULL where no way leads there, or the code has no counterpart. A code is mapped to
 * itself within its own list. */
MUST_CHECK enum status code_lists_map(struct work *work, struct code_lists *lists,
                                      const char *from_list, const char *code, const char *to_list,
                                      const char **out_code);

#endif
