/* What the labels in an extract of people stand for. A label is looked up in the analyst's own map
 * (a file, and what the authority has confirmed before), in rules/list_labels.csv, and among the
 * labels and codes of the list. What is not found gets a suggestion by likeness, which counts for
 * nothing until somebody confirms it. */
#ifndef SERVICE_PEOPLE_LABELS_H
#define SERVICE_PEOPLE_LABELS_H

#include "service/code_list.h"
#include "service/people_roles.h"

/* The name that a map gives instead of a list for a state such as prefer-not-to-say. */
#define LABEL_STATE "state"

enum label_source {
    LABEL_NOT_FOUND,
    LABEL_BLANK,
    LABEL_BY_HAND, /* the map file, or the authority's own table */
    LABEL_KNOWN,   /* rules/list_labels.csv */
    LABEL_OF_LIST, /* the list's own label or code */
};

struct people_answer {
    enum answer_state state;
    const char *code; /* of the column's list, when the state is ANSWER_GIVEN; else NULL */
    enum label_source source;
};

/* The likeliest meaning of a label that was not found. */
struct label_suggestion {
    const struct list_code *code; /* NULL: nothing is like it, or `state` is suggested */
    enum answer_state state;
    int likeness; /* 0 to 100; the share of pairs of letters that both have (Dice) */
};

struct people_label_rule {
    const char *column; /* a heading or a role, compared form; a role's for known labels; "" for any
                           column that holds answers */
    const char *label;  /* compared form */
    const char *written; /* the label as it was given */
    const char *list, *code;
};

struct people_labels {
    struct code_lists lists;
    struct list known;   /* of struct people_label_rule *, from the rules */
    struct list by_hand; /* of struct people_label_rule *, the later ones first heard */
};

/* A column of answers under way to codes. */
struct people_question {
    const char *heading;
    enum people_role role;
    const struct code_list *list; /* the version of the question; NULL: the role has none */
    const char *reason;           /* why this list */
    bool is_by_hand;              /* the map names it */
};

/* Reads the rules. */
MUST_CHECK enum status people_labels_read(struct work *work, struct people_labels *out_labels);
/* Adds what a map says: CSV, XLSX or ODS with the columns column, label, list and code, where
 * column is a heading or a role. Rows without a code are passed over. A list or code that does not
 * exist is STATUS_INPUT with file and row. */
MUST_CHECK enum status people_labels_add_map(struct work *work, struct people_labels *labels,
                                             const char *path);
/* The same from bytes; `name` stands in messages. */
MUST_CHECK enum status people_labels_add_map_bytes(struct work *work, struct people_labels *labels,
                                                   const char *name, struct slice bytes);
/* What a label of a column stands for, as somebody confirmed it. */
struct label_meaning {
    const char *heading; /* or a role */
    const char *label, *list, *code;
};

/* Adds one confirmed meaning. `place` stands in messages. */
MUST_CHECK enum status people_labels_add(struct work *work, struct people_labels *labels,
                                         const char *place, const struct label_meaning *meaning);
/* Decides which version of the question a column answers, whose heading and role are set: the list
 * that the map names, else the one that understands most of the labels, the earlier in
 * rules/lists.csv on a tie. A map that names two lists for one column is STATUS_INPUT. */
MUST_CHECK enum status people_labels_question(struct work *work, struct people_labels *labels,
                                              const struct slice *values, size_t value_count,
                                              struct people_question *question);
/* What a label stands for in that column. A blank is ANSWER_NOT_ANSWERED. */
struct people_answer people_labels_answer(struct work *work, const struct people_labels *labels,
                                          const struct people_question *question,
                                          struct slice label);
/* The likeliest meaning, the same on every run. */
struct label_suggestion people_labels_suggest(struct work *work, const struct people_labels *labels,
                                              const struct people_question *question,
                                              struct slice label);
/* True when a cell says nothing: "", ".", "-", "NULL", "#N/A", "nan". */
bool people_label_is_blank(struct slice label);

#endif
