/* The records of the plan one by one: what each says, what became of it and where it is used; and
 * how people change them, one at a time. */
#ifndef SERVICE_PLAN_RECORD_H
#define SERVICE_PLAN_RECORD_H

#include <jansson.h>

#include "base/problem.h"
#include "entity/entity.h"
#include "service/narrowing.h"
#include "service/permission.h"
#include "store/store.h"

/* A kind of record that has a page of its own. The first words of its address are its code. */
struct plan_record_kind {
    const char *code; /* action-leads */
    const struct entity *entity;
    const char *page; /* where it is shown with all that belongs to it: "/actions/"; or NULL */
    bool is_link;     /* it only joins others, and may be taken away */
    const char *of;   /* the reference under which it stands: an action's lead of its action */
};

extern const struct plan_record_kind plan_record_kinds[];
extern const size_t plan_record_kind_count;

/* The kind of that code, or of that entity; NULL when there is none. */
const struct plan_record_kind *plan_record_kind(const char *code);
const struct plan_record_kind *plan_record_kind_of(const struct entity *entity);

/* What stands for a row in addresses: its code, or else its number. */
const char *plan_record_key(struct work *work, const struct entity *entity, const void *row);
/* The row that the key stands for; of a revised one the latest. STATUS_NOT_FOUND with a sentence.
 */
MUST_CHECK enum status plan_record_load(struct work *work, const struct plan_record_kind *kind,
                                        const char *key, void **out_row);
/* The row in a few words: its title, or those of what it joins. */
MUST_CHECK enum status plan_record_words(struct work *work, const struct entity *entity,
                                         const void *row, const char **out_words);
enum { PLAN_UNITS_MOST = 64 };

struct plan_record_units {
    int64_t ids[PLAN_UNITS_MOST];
    size_t count;
};

/* The units through which a record may be changed: those that lead the action, its own unit; none
 * where the whole authority's alone can. The first of them, where they are more than the most. */
MUST_CHECK enum status plan_record_units(struct work *work, const struct entity *entity,
                                         const void *row, struct plan_record_units *out_units);
/* What it takes to change rows of the entity: a value is written by those who import, the plan by
 * those who keep it. */
enum right plan_record_right(const struct entity *entity);
/* Whether the work's actor may change the row (of which a new one has only its references set): by
 * that right for the whole authority, or for the unit of the row, of one of an action's leads, or
 * the unit itself. */
MUST_CHECK enum status plan_record_may_change(struct work *work, const struct entity *entity,
                                              const void *row, bool *out_may);

/* {"kind", "kindTitle", "key", "words", "page", "fields": [{"label", "words", "isLabel", "href"}],
 * "changed": {"items"} as of service/history.h, "groups": [{"title", "one", "items": [{"words",
 * "href", "recordHref", "isVacant"}], "count", "isShort", "more", "addHref"}], "isVacant",
 * "mayChange", "mayRemove", "event", and "who" of service/holders.h where it may not be changed}.
 * The caller owns it. */
MUST_CHECK enum status plan_record_view(struct work *work, const struct plan_record_kind *kind,
                                        const char *key, json_t **out_model);
/* By what the records of a kind can be narrowed: its fields with choices, and what it stands under;
 * in the arena. */
const struct narrowing_list *plan_record_narrowing(struct arena *arena,
                                                   const struct plan_record_kind *kind);
/* The records of a kind that has codes, as asked: {"kind", "one", "plural", "records": [{"key",
 * "words", "labels": the label of each facet, ""}], "mayAdd", "who"}, and what narrowing_tell adds.
 */
MUST_CHECK enum status plan_record_list(struct work *work, const struct plan_record_kind *kind,
                                        const struct narrowing_asked *asked, json_t **out_model);

/* What was typed into one field; words as of a form. */
struct plan_record_input {
    const char *name, *words;
};

struct plan_record_change {
    const struct plan_record_kind *kind;
    const char *key; /* NULL: a new record */
    const struct plan_record_input *inputs;
    size_t count;
    int64_t event;     /* of the row as the person saw it; INTEGER_MISSING: it had none */
    bool is_confirmed; /* else nothing is written: the answer says what would be */
};

struct plan_record_saved {
    struct problems problems; /* then nothing was written */
    bool is_conflict;         /* somebody else wrote since; nothing was written */
    json_t *differences; /* [{"field", "from", "to", "isLabel"}]: of a conflict, what stands and
                            what was typed; else what is changed. The caller owns it. */
    const char *key;     /* of the row */
    bool is_changed;     /* something differs from what stands */
};

/* Needs what plan_record_may_change says. One event. */
MUST_CHECK enum status plan_record_save(struct work *work, const struct plan_record_change *change,
                                        struct plan_record_saved *out_saved);
/* Takes away a row that only joins others, if it stands as it was seen; STATUS_CONFLICT when not.
 */
MUST_CHECK enum status plan_record_remove(struct work *work, const struct plan_record_kind *kind,
                                          const char *key, int64_t event);
/* Whether people type this field. */
bool plan_record_is_input(const struct field *field);

#endif
