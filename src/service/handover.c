#include "service/handover.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "model/action_lead.h"
#include "model/appointment.h"
#include "model/measure_supplier.h"
#include "model/person.h"
#include "model/post.h"
#include "model/unit.h"
#include "service/permission.h"
#include "service/record.h"
#include "service/related.h"
#include "service/vacancy.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "base/banned.h"

/* What is looked through. */
struct posts {
    struct list people, posts, appointments, units, leads, suppliers;
    const char *today;
};

static enum status load(struct work *work, struct posts *posts)
{
    const struct {
        const struct entity *entity;
        struct list *rows;
    } sets[] = {
        { &person_entity, &posts->people },     { &post_entity, &posts->posts },
        { &unit_entity, &posts->units },        { &appointment_entity, &posts->appointments },
        { &action_lead_entity, &posts->leads }, { &measure_supplier_entity, &posts->suppliers },
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(sets); i++)
        status = entity_store_list(work, sets[i].entity, 0, sets[i].rows);
    posts->today = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    return status;
}

/* ISO dates sort as they follow. An appointment that begins later counts too: it goes on as well.
 */
static bool is_held(const struct posts *posts, const struct appointment *appointment,
                    int64_t person)
{
    return appointment->person == person &&
           (!appointment->valid_to || strcmp(posts->today, appointment->valid_to) <= 0);
}

static int64_t count_held(const struct posts *posts, int64_t person)
{
    int64_t count = 0;
    for (size_t i = 0; i < posts->appointments.count; i++)
        count += is_held(posts, posts->appointments.items[i], person);
    return count;
}

static const struct person *find_person(const struct posts *posts, const char *code)
{
    for (size_t i = 0; i < posts->people.count; i++) {
        const struct person *person = posts->people.items[i];
        if (strcmp(person->code, code) == 0)
            return person;
    }
    return NULL;
}

enum status handover_people(struct work *work, json_t **out_people)
{
    struct posts posts = { .today = NULL };
    enum status status = load(work, &posts);
    if (status != STATUS_OK)
        return status;
    *out_people = json_array();
    for (int with_posts = 1; with_posts >= 0; with_posts--)
        for (size_t i = 0; i < posts.people.count; i++) {
            const struct person *person = posts.people.items[i];
            int64_t held = count_held(&posts, person->id);
            if ((held > 0) == with_posts)
                json_array_append_new(*out_people,
                                      json_pack("{s:s, s:s, s:I}", "code", person->code, "name",
                                                person->name, "posts", (json_int_t)held));
        }
    return STATUS_OK;
}

/* How many rows of a list refer to the post. */
static int64_t count_of(const struct list *rows, const struct entity *entity, int64_t post)
{
    const struct field *field = entity_field(entity, "post");
    int64_t count = 0;
    for (size_t i = 0; i < rows->count; i++)
        count += field_integer(field, rows->items[i]) == post;
    return count;
}

static json_t *post_json(struct arena *arena, const struct posts *posts,
                         const struct appointment *appointment)
{
    const struct post *post = related_get(&posts->posts, &post_entity, appointment->post);
    const struct unit *unit = post->unit == INTEGER_MISSING
                                  ? NULL
                                  : related_get(&posts->units, &unit_entity, post->unit);
    struct date since;
    bool is_day = date_read(slice_of(appointment->valid_from), &since);
    return json_pack("{s:s, s:s, s:s?, s:s?, s:I, s:I}", "code", post->code, "postTitle",
                     post->title, "unitName", unit ? unit->name : NULL, "since",
                     is_day ? date_print_long(arena, since) : NULL, "actions",
                     (json_int_t)count_of(&posts->leads, &action_lead_entity, post->id), "measures",
                     (json_int_t)count_of(&posts->suppliers, &measure_supplier_entity, post->id));
}

enum status handover_of(struct work *work, const char *code, json_t **out_model)
{
    struct posts posts = { .today = NULL };
    enum status status = load(work, &posts);
    if (status != STATUS_OK)
        return status;
    const struct person *person = find_person(&posts, code);
    if (!person)
        return work_fail(work, STATUS_NOT_FOUND, "There is nobody with that short name.");
    json_t *held = json_array();
    for (size_t i = 0; i < posts.appointments.count; i++)
        if (is_held(&posts, posts.appointments.items[i], person->id))
            json_array_append_new(held,
                                  post_json(work->arena, &posts, posts.appointments.items[i]));
    *out_model = json_pack("{s:s, s:s, s:o}", "code", person->code, "name", person->name, "posts",
                           held);
    return STATUS_OK;
}

/* Whether nobody holds the post today. */
static bool is_vacant(struct arena *arena, const struct posts *posts, const struct post *post)
{
    struct list held = { 0 };
    for (size_t i = 0; i < posts->appointments.count; i++)
        if (((const struct appointment *)posts->appointments.items[i])->post == post->id)
            list_add(arena, &held, posts->appointments.items[i]);
    return vacancy_on(post, held.items, held.count, posts->today);
}

enum status handover_vacant(struct work *work, json_t **out_posts)
{
    struct posts posts = { .today = NULL };
    enum status status = load(work, &posts);
    if (status != STATUS_OK)
        return status;
    *out_posts = json_array();
    for (size_t i = 0; i < posts.posts.count; i++) {
        const struct post *post = posts.posts.items[i];
        int64_t actions = count_of(&posts.leads, &action_lead_entity, post->id);
        int64_t measures = count_of(&posts.suppliers, &measure_supplier_entity, post->id);
        if (actions + measures == 0 || !is_vacant(work->arena, &posts, post))
            continue;
        const struct unit *unit = post->unit == INTEGER_MISSING
                                      ? NULL
                                      : related_get(&posts.units, &unit_entity, post->unit);
        json_array_append_new(
            *out_posts, json_pack("{s:s, s:s, s:s?, s:I, s:I}", "code", post->code, "postTitle",
                                  post->title, "unitName", unit ? unit->name : NULL, "actions",
                                  (json_int_t)actions, "measures", (json_int_t)measures));
    }
    return STATUS_OK;
}

/* The form's fields: the people and the last day. */
static void check(const struct posts *posts, const struct handover *handover,
                  struct problems *problems, struct date *out_day)
{
    const struct person *from = find_person(posts, handover->from);
    const struct person *to = find_person(posts, handover->to);
    if (!to)
        problem_add(problems, "to", "Choose who takes over");
    else if (from && from->id == to->id)
        problem_add(problems, "to", "Choose somebody else: nobody can take over from themselves");
    if (!from || count_held(posts, from->id) == 0)
        problem_add(problems, "from", "Choose somebody who holds a post");
    if (!date_read_british(slice_of(handover->last_day), out_day))
        problem_add(problems, "last_day", "The last day must be a date, such as 31 March 2027");
    for (size_t i = 0; from && out_day->year && i < posts->appointments.count; i++) {
        const struct appointment *one = posts->appointments.items[i];
        struct date since;
        if (is_held(posts, one, from->id) && date_read(slice_of(one->valid_from), &since) &&
            date_compare(*out_day, since) < 0) {
            problem_add(problems, "last_day",
                        "The last day must not be before the person took up each post");
            break;
        }
    }
}

static enum status hand_over(struct work *work, struct audit *audit,
                             const struct appointment *before, int64_t to, struct date day)
{
    struct appointment after = *before, next = *before;
    after.valid_to = date_print(work->arena, day);
    after.event = next.event = audit_event_id(audit);
    next.id = INTEGER_MISSING;
    next.person = to;
    next.valid_from = date_print(work->arena, date_of_days(date_days(day) + 1));
    enum status status = record_change(work, audit, &appointment_entity, before, &after);
    return status == STATUS_OK ? record_insert(work, audit, &appointment_entity, &next) : status;
}

static enum status require_all(struct work *work, const struct posts *posts, int64_t person)
{
    enum status status = permission_has(work, RIGHT_PLAN_CHANGE)
                             ? STATUS_OK
                             : permission_require(work, RIGHT_PLAN_CHANGE, INTEGER_MISSING);
    for (size_t i = 0; status == STATUS_OK && i < posts->appointments.count; i++) {
        const struct appointment *one = posts->appointments.items[i];
        const struct post *post = related_get(&posts->posts, &post_entity, one->post);
        if (is_held(posts, one, person))
            status = permission_require(work, RIGHT_PLAN_CHANGE, post->unit);
    }
    return status;
}

/* Inside the event, so that nobody changes an appointment between what is read and written. */
static enum status hand_all_over(struct work *work, struct audit *audit,
                                 const struct handover *handover, struct problems *problems,
                                 size_t *out_posts)
{
    struct posts posts = { .today = NULL };
    struct date day = { 0, 0, 0 };
    enum status status = load(work, &posts);
    if (status != STATUS_OK)
        return status;
    check(&posts, handover, problems, &day);
    if (problems->list.count)
        return STATUS_OK;
    const struct person *giver = find_person(&posts, handover->from);
    const struct person *taker = find_person(&posts, handover->to);
    assert(giver && taker); /* check has found both */
    status = require_all(work, &posts, giver->id);
    for (size_t i = 0; status == STATUS_OK && i < posts.appointments.count; i++)
        if (is_held(&posts, posts.appointments.items[i], giver->id))
            status = hand_over(work, audit, posts.appointments.items[i], taker->id, day);
    *out_posts = (size_t)count_held(&posts, giver->id);
    return status;
}

enum status handover_do(struct work *work, const struct handover *handover,
                        struct problems *problems, size_t *out_posts)
{
    struct audit *audit = NULL;
    enum status status = audit_begin(work, "handover", "appointments", &audit);
    if (status != STATUS_OK)
        return status;
    status = hand_all_over(work, audit, handover, problems, out_posts);
    if (status == STATUS_OK && problems->list.count == 0)
        return audit_commit(work, audit);
    audit_abandon(work, audit);
    return status;
}
