/* dueregard handover: a person leaves; what they hold, and who takes all of it over. */
#include "service/handover.h"

#include <string.h>

#include "base/arena.h"
#include "cli/command.h"
#include "base/banned.h"

struct asking {
    const struct command *command;
    const struct arguments *arguments;
    enum command_format format;
};

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static const char *number_of(struct arena *arena, const json_t *object, const char *name)
{
    return count_words(arena, json_integer_value(json_object_get(object, name)));
}

/* Posts with what hangs on them; those that a person holds with the day since when. */
static enum status print_posts(struct work *work, const json_t *posts)
{
    struct table_text *table = table_text_new(work->arena, 6);
    table_text_add(
        table, (const char *const[]){ "POST", "TITLE", "UNIT", "SINCE", "ACTIONS", "MEASURES" });
    for (size_t i = 0; i < json_array_size(posts); i++) {
        const json_t *post = json_array_get(posts, i);
        table_text_add(table,
                       (const char *const[]){ text_of(post, "code"), text_of(post, "postTitle"),
                                              text_of(post, "unitName"), text_of(post, "since"),
                                              number_of(work->arena, post, "actions"),
                                              number_of(work->arena, post, "measures") });
    }
    return table_text_print(work, table);
}

static enum status run_show(struct work *work, const struct asking *asking)
{
    json_t *person = NULL;
    enum status status = handover_of(work, asking->arguments->words[1], &person);
    if (status != STATUS_OK)
        return status;
    if (asking->format == FORMAT_JSON)
        return print_json(work, person);
    const json_t *posts = json_object_get(person, "posts");
    status = json_array_size(posts)
                 ? print_posts(work, posts)
                 : print_line(work, "%s holds no post today.", text_of(person, "name"));
    json_decref(person);
    return status;
}

static enum status run_vacant(struct work *work, const struct asking *asking)
{
    json_t *posts = NULL;
    enum status status = handover_vacant(work, &posts);
    if (status != STATUS_OK)
        return status;
    if (asking->format == FORMAT_JSON)
        return print_json(work, posts);
    status = json_array_size(posts)
                 ? print_posts(work, posts)
                 : print_line(work, "Every post that something waits for is held by somebody.");
    json_decref(posts);
    return status;
}

static enum status run_give(struct work *work, const struct asking *asking)
{
    const char *const *words = asking->arguments->words;
    const char *day = argument_value(asking->command, asking->arguments, "last-day");
    const struct handover handover = { words[1], words[2], day ? day : "" };
    struct problems problems = { .arena = work->arena };
    size_t posts = 0;
    enum status status = handover_do(work, &handover, &problems, &posts);
    if (status == STATUS_OK && problems.list.count)
        return work_fail(work, STATUS_INPUT, "%s.",
                         ((const struct problem *)problems.list.items[0])->words);
    return status == STATUS_OK ? print_line(work, "Done: %zu %s of %s %s to %s after %s.", posts,
                                            posts == 1 ? "post" : "posts", words[1],
                                            posts == 1 ? "goes" : "go", words[2], day)
                               : status;
}

static const struct {
    const char *name, *form;
    size_t words;
    enum status (*run)(struct work *work, const struct asking *asking);
} verbs[] = {
    { "show", "PERSON", 2, run_show },
    { "vacant", "", 1, run_vacant },
    { "give", "FROM TO --last-day DATE", 3, run_give },
};

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct asking asking = { command, arguments, FORMAT_TEXT };
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
        if (strcmp(verbs[i].name, arguments->words[0]) != 0)
            continue;
        if (arguments->word_count != verbs[i].words)
            return work_fail(work, STATUS_USAGE, "Write `dueregard handover %s%s%s`.",
                             verbs[i].name, *verbs[i].form ? " " : "", verbs[i].form);
        enum status status = argument_format(work, command, arguments, &asking.format);
        return status == STATUS_OK ? verbs[i].run(work, &asking) : status;
    }
    return work_fail(work, STATUS_USAGE, "handover knows show, vacant and give, not \"%.40s\".",
                     arguments->words[0]);
}

const struct command command_handover = {
    .name = "handover",
    .words = "show PERSON | vacant | give FROM TO",
    .summary = "a person leaves: what they hold, and all of it goes to somebody else at once",
    .details = "handover show ann.old\n"
               "handover give ann.old bob.new --last-day 2027-03-31\n"
               "People go by the codes that `dueregard export people` shows.",
    .options = { { "last-day", "DATE", "give: the last day of the one who leaves", false },
                 { "format", "FORMAT", "show, vacant: text or json", false } },
    .least_words = 1,
    .most_words = 3,
    .need = NEED_WRITE,
    .right = RIGHT_PLAN_CHANGE,
    .run = run,
};
