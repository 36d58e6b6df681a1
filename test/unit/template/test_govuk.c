/* Our partials against the cases that govuk-frontend ships for its own macros: the same options
 * must give the same HTML. Needs node_modules (npm ci), in DUEREGARD_NODE_MODULES or the
 * repository. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support/support.h"
#include "template/template.h"

enum { PAGE_MOST = 1 << 20, ATTRIBUTES_MOST = 32 };

/* How many cases each component has in govuk-frontend 6.6.0. The footer is our own. */
static const struct component {
    const char *name;
    size_t cases;
} components[] = {
    { "back-link", 7 },
    { "breadcrumbs", 12 },
    { "button", 38 },
    { "character-count", 34 },
    { "checkboxes", 42 },
    { "date-input", 50 },
    { "details", 10 },
    { "error-message", 9 },
    { "error-summary", 19 },
    { "fieldset", 18 },
    { "file-upload", 22 },
    { "generic-header", 7 },
    { "hint", 6 },
    { "input", 45 },
    { "inset-text", 6 },
    { "label", 17 },
    { "language-navigation", 13 },
    { "notification-banner", 21 },
    { "pagination", 15 },
    { "panel", 19 },
    { "phase-banner", 7 },
    { "radios", 43 },
    { "select", 19 },
    { "service-navigation", 33 },
    { "skip-link", 9 },
    { "summary-list", 30 },
    { "table", 21 },
    { "tabs", 14 },
    { "tag", 12 },
    { "task-list", 11 },
    { "textarea", 18 },
    { "warning-text", 8 },
};

static const struct {
    const char *reference, *character;
} references[] = {
    { "&amp;", "&" }, { "&lt;", "<" },   { "&gt;", ">" },         { "&quot;", "\"" },
    { "&#39;", "'" }, { "&apos;", "'" }, { "&ctdot;", "\u22EF" }, { "&nbsp;", "\u00A0" },
};

/* Words with one blank between them and references resolved, on a line of their own. */
static void add_words(struct text *text, struct slice words)
{
    bool is_first = true;
    for (struct slice word; slice_word(&words, &word); is_first = false) {
        if (!is_first)
            text_add(text, " ");
        for (size_t i = 0; i < word.length;) {
            size_t used = 0;
            for (size_t j = 0; j < sizeof references / sizeof *references && !used; j++)
                if (slice_starts(slice_from(word, i), references[j].reference)) {
                    text_add(text, references[j].character);
                    used = strlen(references[j].reference);
                }
            if (!used)
                text_add_character(text, word.start[i]);
            i += used ? used : 1;
        }
    }
}

static int compare_slices(const void *a, const void *b)
{
    const struct slice *left = a, *right = b;
    size_t shorter = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->start, right->start, shorter);
    return order ? order : left->length < right->length ? -1 : left->length > right->length;
}

/* Takes one attribute, name or name="value", off the tag. */
static bool take_attribute(struct slice *rest, struct slice *out_attribute)
{
    *rest = slice_trim(*rest);
    size_t end = 0;
    char quote = '\0';
    for (; end < rest->length; end++) {
        char c = rest->start[end];
        if (quote == '\0' && strchr(" \n\t", c))
            break;
        if (c == quote)
            quote = '\0';
        else if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
    }
    *out_attribute = slice_first(*rest, end);
    *rest = slice_from(*rest, end);
    return end > 0;
}

static void add_tag(struct text *text, struct slice tag)
{
    struct slice attributes[ATTRIBUTES_MOST], rest = slice_trim(tag), name;
    size_t count = 0;
    if (slice_ends(rest, "/"))
        rest.length--;
    assert_true(slice_word(&rest, &name));
    while (take_attribute(&rest, &attributes[count]))
        assert_true(++count < ATTRIBUTES_MOST);
    qsort(attributes, count, sizeof *attributes, compare_slices);
    text_add(text, "<");
    text_add_slice(text, name);
    for (size_t i = 0; i < count; i++) {
        text_add(text, " ");
        ptrdiff_t equals = slice_find(attributes[i], "=");
        struct slice key = equals < 0 ? attributes[i] : slice_first(attributes[i], (size_t)equals);
        text_add_slice(text, key);
        if (equals < 0)
            continue;
        struct slice value = slice_from(attributes[i], (size_t)equals + 2);
        value.length -= value.length > 0;
        text_add(text, "=[");
        add_words(text, value);
        text_add(text, "]");
    }
    text_add(text, ">\n");
}

/* Brings HTML into one form: a line for each tag, its attributes sorted, and for each text. */
static const char *normal(struct arena *arena, const char *html)
{
    struct text text = text_new(arena, PAGE_MOST);
    struct slice rest = slice_of(html);
    while (rest.length) {
        ptrdiff_t open = slice_find(rest, "<");
        struct slice words = open < 0 ? rest : slice_first(rest, (size_t)open);
        if (slice_trim(words).length) {
            add_words(&text, words);
            text_add(&text, "\n");
        }
        if (open < 0)
            break;
        rest = slice_from(rest, (size_t)open + 1);
        ptrdiff_t close = slice_find(rest, ">");
        assert_true(close >= 0);
        add_tag(&text, slice_first(rest, (size_t)close));
        rest = slice_from(rest, (size_t)close + 1);
    }
    return text.bytes;
}

/* Only names that end in Html may hold HTML, so the slots have other names here. */
static void rename_slots(json_t *options)
{
    static const char *const names[][2] = { { "start", "startHtml" },
                                            { "end", "endHtml" },
                                            { "navigationStart", "navigationStartHtml" },
                                            { "navigationEnd", "navigationEndHtml" } };
    json_t *slots = json_object_get(options, "slots");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_t *slot = json_object_get(slots, names[i][0]);
        if (!json_is_string(slot))
            continue;
        json_object_set(slots, names[i][1], slot);
        json_object_del(slots, names[i][0]);
    }
}

/* A date's `values` have the names day, month and year here whatever the fields are called, and an
 * item with a name of its own brings its label. */
static void rename_date_values(struct work *work, json_t *options)
{
    static const char *const parts[] = { "day", "month", "year" };
    json_t *values = json_object_get(options, "values");
    const char *prefix = json_string_value(json_object_get(options, "namePrefix"));
    for (size_t i = 0; prefix && i < sizeof parts / sizeof *parts; i++) {
        json_t *part = json_object_get(options, parts[i]);
        const char *name = json_string_value(json_object_get(part, "name"));
        const char *key = arena_format(work->arena, "%s-%s", prefix, name ? name : parts[i]);
        json_object_set(values, parts[i], json_object_get(values, key));
    }
    json_t *items = json_object_get(options, "items");
    for (size_t i = 0; i < json_array_size(items); i++) {
        json_t *item = json_array_get(items, i);
        char *label = arena_copy_text(work->arena,
                                      json_string_value(json_object_get(item, "name")));
        label[0] = (char)(label[0] - 'a' + 'A');
        if (!json_object_get(item, "label"))
            json_object_set_new(item, "label", json_string(label));
    }
}

static json_t *load_cases(struct work *work, const char *component)
{
    const char *modules = getenv("DUEREGARD_NODE_MODULES");
    const char *path = arena_format(
        work->arena, "%s/govuk-frontend/dist/govuk/components/%s/fixtures.json",
        modules ? modules : support_path(work, "node_modules"), component);
    json_error_t error;
    json_t *json = json_load_file(path, 0, &error);
    if (!json)
        fail_msg("%s: %s. Run npm ci first.", path, error.text);
    return json;
}

static bool case_passes(struct work *work, const struct template_set *set, const char *component,
                        json_t *fixture)
{
    json_t *options = json_object_get(fixture, "options");
    const char *expected = json_string_value(json_object_get(fixture, "html"));
    assert_non_null(expected);
    rename_slots(options);
    if (strcmp(component, "date-input") == 0)
        rename_date_values(work, options);
    struct template_view view = { .model = thing_of_json(options), .is_strict = true };
    struct text text = text_new(work->arena, PAGE_MOST);
    const char *name = arena_format(work->arena, "govuk/%s.html", component);
    if (template_render(work, set, name, &view, &text) != STATUS_OK)
        print_message("%s\n", work->error);
    const char *ours = normal(work->arena, text.bytes), *theirs = normal(work->arena, expected);
    work_forget(work);
    if (strcmp(ours, theirs) == 0)
        return true;
    print_message("%s: %s\n--- expected\n%s--- ours\n%s", component,
                  json_string_value(json_object_get(fixture, "name")), theirs, ours);
    return false;
}

static void our_partials_give_the_same_html(void **state)
{
    (void)state;
    struct work work = support_work();
    struct template_source source = { .folder = NULL };
    struct template_set *set = NULL;
    if (template_set_load(&work, &source, &set) != STATUS_OK)
        fail_msg("%s", work.error);
    size_t failed = 0, passed = 0;
    for (size_t i = 0; i < sizeof components / sizeof *components; i++) {
        json_t *json = load_cases(&work, components[i].name);
        json_t *cases = json_object_get(json, "fixtures");
        assert_int_equal(json_array_size(cases), components[i].cases);
        for (size_t j = 0; j < json_array_size(cases); j++) {
            bool passes = case_passes(&work, set, components[i].name, json_array_get(cases, j));
            passed += passes;
            failed += !passes;
        }
        json_decref(json);
    }
    print_message("# %zu of %zu cases give the same HTML\n", passed, passed + failed);
    assert_int_equal(failed, 0);
    template_set_free(set);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(our_partials_give_the_same_html) };
    return cmocka_run_group_tests_name("template/govuk", tests, NULL, NULL);
}
