#include "service/sponsor.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/account.h"
#include "model/appointment.h"
#include "model/person.h"
#include "model/scheme.h"
#include "service/actions.h"
#include "service/id_set.h"
#include "service/permission.h"
#include "service/progress_newest.h"
#include "service/related.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { REFERENCES_MOST = 300 };

/* The person behind the account; INTEGER_MISSING where nobody is known to be. */
static enum status find_person(struct work *work, int64_t *out_person)
{
    struct account *account = entity_row(work->arena, &account_entity);
    struct list people = { 0 };
    *out_person = INTEGER_MISSING;
    enum status status = entity_store_get(work, &account_entity, work->actor->account, account);
    if (status != STATUS_OK || account->person != INTEGER_MISSING) {
        *out_person = account->person;
        return status;
    }
    status = entity_store_list(work, &person_entity, 0, &people);
    for (size_t i = 0; status == STATUS_OK && i < people.count; i++) {
        const struct person *person = people.items[i];
        if (person->email && account->email && strcasecmp(person->email, account->email) == 0)
            *out_person = person->id;
    }
    return status;
}

/* The posts that they hold today. */
static enum status find_posts(struct work *work, int64_t person, struct id_set *posts)
{
    struct list appointments = { 0 };
    const char *today = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    enum status status = entity_store_list_of(work, &appointment_entity, "person", person,
                                              &appointments);
    for (size_t i = 0; status == STATUS_OK && i < appointments.count; i++) {
        const struct appointment *one = appointments.items[i];
        if (strcmp(one->valid_from, today) <= 0 &&
            (!one->valid_to || strcmp(today, one->valid_to) <= 0))
            id_set_add(posts, one->post);
    }
    return status;
}

static void add_reference(struct text *references, const struct progress_row *row)
{
    if (row->reference)
        text_add_format(references, "%s%.20s", references->length ? ", " : "", row->reference);
}

/* What is red, or that nothing is; where nothing was rated, that is no good news and is not said to
 * be. */
static const char *words_of(struct arena *arena, const struct sponsored *sponsored, int64_t rated,
                            const char *red, int64_t overdue)
{
    if (*red)
        return arena_format(arena, "Red in %s, declared or computed: %s. Overdue actions: %lld.",
                            sponsored->period, red, (long long)overdue);
    if (rated > 0)
        return arena_format(arena, "Nothing is red in %s. Overdue actions: %lld.",
                            sponsored->period, (long long)overdue);
    return arena_format(arena, "No measure of it is rated yet. Overdue actions: %lld.",
                        (long long)overdue);
}

/* How the objective stands in the newest period, and by its actions. */
static enum status judge(struct work *work, const struct progress *progress,
                         struct sponsored *sponsored)
{
    struct text red = text_new(work->arena, REFERENCES_MOST);
    struct text undecided = text_new(work->arena, REFERENCES_MOST);
    int64_t overdue = 0, rated = 0;
    for (size_t i = 0; progress && i < progress->rows.count; i++) {
        const struct progress_row *row = progress->rows.items[i];
        if (row->objective->objective->id != sponsored->objective->id)
            continue;
        rated += row->declared || row->computed;
        if (!progress_is_red(row))
            continue;
        add_reference(&red, row);
        if (!progress_corrective_action(row))
            add_reference(&undecided, row);
    }
    enum status status = actions_count_overdue(work, ACTION_FACET_OBJECTIVE,
                                               sponsored->objective->code, &overdue);
    sponsored->period = progress ? progress->period_words : NULL;
    sponsored->undecided = undecided.length ? undecided.bytes : NULL;
    sponsored->words = words_of(work->arena, sponsored, rated, red.bytes, overdue);
    return status;
}

/* Whether it is pursued still: its scheme is not superseded, or is reported on even so. */
static bool is_pursued(const struct list *schemes, const struct progress *progress,
                       const struct objective *objective)
{
    const struct scheme *scheme = related_get(schemes, &scheme_entity, objective->scheme);
    bool is_reported = false;
    for (size_t i = 0; progress && i < progress->objectives.count; i++) {
        const struct progress_objective *one = progress->objectives.items[i];
        is_reported |= one->objective->id == objective->id;
    }
    return is_reported || strcmp(scheme->status, "superseded") != 0;
}

static enum status add_objectives(struct work *work, const struct id_set *posts,
                                  struct list *out_objectives)
{
    struct list objectives = { 0 }, schemes = { 0 }, own = { 0 };
    const struct progress *progress = NULL;
    enum status status = entity_store_list(work, &objective_entity, 0, &objectives);
    for (size_t i = 0; i < objectives.count; i++) {
        const struct objective *objective = objectives.items[i];
        if (objective->sponsor != INTEGER_MISSING && id_set_has(posts, objective->sponsor))
            list_add(work->arena, &own, objectives.items[i]);
    }
    if (status != STATUS_OK || own.count == 0)
        return status;
    status = entity_store_list(work, &scheme_entity, 0, &schemes);
    if (status == STATUS_OK)
        status = progress_newest(work, &progress);
    for (size_t i = 0; status == STATUS_OK && i < own.count; i++) {
        struct sponsored *sponsored = arena_new_of(work->arena, struct sponsored);
        sponsored->objective = own.items[i];
        if (!is_pursued(&schemes, progress, own.items[i]))
            continue;
        status = judge(work, progress, sponsored);
        list_add(work->arena, out_objectives, sponsored);
    }
    return status;
}

enum status sponsor_objectives(struct work *work, struct list *out_objectives)
{
    struct id_set posts = { .arena = work->arena };
    int64_t person = INTEGER_MISSING;
    if (!work->actor || work->actor->is_owner || work->actor->account == INTEGER_MISSING)
        return STATUS_OK;
    enum status status = find_person(work, &person);
    if (status == STATUS_OK && person != INTEGER_MISSING)
        status = find_posts(work, person, &posts);
    return status == STATUS_OK && posts.count > 0 ? add_objectives(work, &posts, out_objectives)
                                                  : status;
}
