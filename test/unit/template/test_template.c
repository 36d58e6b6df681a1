/* The engine: values and their places, sections, partials, parents, messages, refusals. */
#include "template/template.h"

#include <jansson.h>
#include <string.h>

#include "support/support.h"

enum { PAGE_MOST = 100000 };

static const char *shout(const void *catalogue, const char *words)
{
    const char *const *pair = catalogue;
    return strcmp(pair[0], words) == 0 ? pair[1] : NULL;
}

/* Renders files[0] of pairs name, text; the answer, or the error. */
static const char *render_files(struct work *work, const char *const (*pairs)[2], size_t count,
                                const struct template_view *view)
{
    struct template_file files[8];
    assert_true(count <= 8);
    for (size_t i = 0; i < count; i++)
        files[i] = (struct template_file){ pairs[i][0], slice_of(pairs[i][1]) };
    struct template_source source = { .files = files, .count = count };
    struct template_set *set = NULL;
    work_forget(work);
    if (template_set_load(work, &source, &set) != STATUS_OK)
        return work->error;
    struct text text = text_new(work->arena, PAGE_MOST);
    enum status status = template_render(work, set, files[0].name, view, &text);
    template_set_free(set);
    return status == STATUS_OK ? text.bytes : work->error;
}

static const char *render_as(struct work *work, const char *name, const char *page,
                             const char *model, bool is_strict)
{
    json_t *json = json_loads(model, JSON_DECODE_ANY, NULL);
    assert_non_null(json);
    const char *const pairs[][2] = { { name, page } };
    struct template_view view = { .model = thing_of_json(json), .is_strict = is_strict };
    const char *answer = render_files(work, pairs, 1, &view);
    json_decref(json);
    return answer;
}

struct example {
    const char *page, *model, *expected;
};

static void check_examples(const struct example *examples, size_t count, bool is_strict)
{
    struct work work = support_work();
    for (size_t i = 0; i < count; i++)
        assert_string_equal(
            render_as(&work, "page.html", examples[i].page, examples[i].model, is_strict),
            examples[i].expected);
    support_work_end(&work);
}
#define CHECK(examples, is_strict)                                                                 \
    check_examples((examples), sizeof(examples) / sizeof *(examples), (is_strict))

static void values_are_escaped_for_their_place(void **state)
{
    (void)state;
    static const struct example examples[] = {
        { "<p>{{x}}</p>", "{\"x\":\"<b>&\\\"'\"}", "<p>&lt;b&gt;&amp;&quot;&#39;</p>" },
        { "<p title='{{x}}'>", "{\"x\":\"' onclick='a\"}", "<p title='&#39; onclick=&#39;a'>" },
        { "<title>{{x}}</title>", "{\"x\":\"</title>\"}", "<title>&lt;/title&gt;</title>" },
        { "{{x}} {{y}} {{z}}", "{\"x\":12,\"y\":0.1,\"z\":true}", "12 0.1 true" },
        { "{{xHtml}}{{html}}", "{\"xHtml\":\"<b>\",\"html\":\"<i>\"}", "<b><i>" },
        { "{{htmlX}}", "{\"htmlX\":\"<b>\"}", "&lt;b&gt;" },
        { "<h{{l}}>a</h{{l}}>", "{\"l\":3}", "<h3>a</h3>" },
        { "<h{{l}}>a</h{{l}}>", "{\"l\":\"1 onclick=a\"}", "<h2>a</h2>" },
        { "<h{{l?1}}>a</h{{l?1}}>", "{}", "<h1>a</h1>" },
        { "<a href=\"{{x}}\">", "{\"x\":\"/a?b=1&c=2\"}", "<a href=\"/a?b=1&amp;c=2\">" },
        { "<a href=\"/m/{{x}}?q={{x}}\">", "{\"x\":\"a/b c\"}",
          "<a href=\"/m/a%2Fb%20c?q=a%2Fb%20c\">" },
        { "<a href=\"mailto:{{x}}\">", "{\"x\":\"a@b.uk?\"}", "<a href=\"mailto:a@b.uk%3F\">" },
        { "<a href=\"#{{x}}\">", "{\"x\":\"a:b\"}", "<a href=\"#a%3Ab\">" },
        { "a < b", "{}", "templates/page.html line 1: a < that opens no tag; write &lt;:  b." },
    };
    CHECK(examples, true);
}

static void dangerous_addresses_are_blocked(void **state)
{
    (void)state;
    struct work work = support_work();
    static const char *const bad[] = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        ":x",
        "java\nscript:x",
        "\x01javascript:x",
        "file:///etc/passwd",
        "blob:x",
        "x:y",
    };
    static const char *const good[] = {
        "/x",    "x",           "#x",      "?x=y:z",        "https://a.uk/",
        "./a:b", "HTTP://a.uk", "tel:+44", "mailto:a@b.uk", ""
    };
    const char *const pairs[][2] = { { "page.html", "<a href=\"{{x}}\">" } };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        json_t *model = json_pack("{s:s}", "x", bad[i]);
        struct template_view view = { .model = thing_of_json(model) };
        assert_string_equal(render_files(&work, pairs, 1, &view), "<a href=\"#blocked\">");
        json_decref(model);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        json_t *model = json_pack("{s:s}", "x", good[i]);
        struct template_view view = { .model = thing_of_json(model) };
        assert_string_equal(render_files(&work, pairs, 1, &view),
                            arena_format(work.arena, "<a href=\"%s\">", good[i]));
        json_decref(model);
    }
    support_work_end(&work);
}

/* An address made of several values never becomes a scheme. */
static void an_address_in_pieces_is_no_scheme(void **state)
{
    (void)state;
    static const struct example examples[] = {
        { "<a href=\"{{x}}{{y}}\">", "{\"x\":\"javascript\",\"y\":\":a\"}",
          "<a href=\"javascript%3Aa\">" },
        { "<a href=\"{{#x}}{{.}}{{/x}}\">", "{\"x\":[\"javascript\",\":a\"]}",
          "<a href=\"javascript#blocked\">" },
        { "<a href=\"{{?x}}/y{{/x}}{{z}}\">", "{\"z\":\"javascript:a\"}", "<a href=\"#blocked\">" },
        { "<a href=\"{{x}}:a\">", "{\"x\":\"javascript\"}",
          "templates/page.html line 1: an address is relative, http, https, mailto or tel: "
          ":a\">." },
        { "<a href=\"javascript:a\">", "{}",
          "templates/page.html line 1: an address is relative, http, https, mailto or tel: "
          ":a\">." },
        { "<a href=\"{{?x}}java{{/x}}script:a\">", "{}",
          "templates/page.html line 1: an address is relative, http, https, mailto or tel: "
          ":a\">." },
    };
    CHECK(examples, false);
}

static void unsafe_places_are_refused(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "<script>{{x}}</script>",
        "<SCRIPT>a</SCRIPT><script>var a = '{{x}}'</script>",
        "<style>{{x}}</style>",
        "<p onclick=\"{{x}}\">",
        "<p ONCLICK='{{x}}'>",
        "<p style=\"{{x}}\">",
        "<img srcset=\"{{x}}\">",
        "<iframe srcdoc=\"{{x}}\">",
        "<iframe>",
        "<p title={{x}}>",
        "<p title=a{{x}}>",
        "<p {{x}}>",
        "<p {{x}}=\"a\">",
        "<p a{{x}}=\"a\">",
        "<{{x}}>",
        "<{{x}}p>",
        "<a{{x}}>",
        "<p{{x}}>",
        "</{{x}}>",
        "<!-- {{x}} -->",
        "<!doctype {{x}}>",
        "<p title=\"{{html}}\">",
        "<title>{{xHtml}}</title>",
        "<textarea>{{xHtml}}</textarea>",
        "{{{x}}}",
        "{{&x}}",
        "{{x",
        "{{}}",
        "{{x y}}",
        "{{x.}}",
        "{{x..y}}",
        "{{1x}}",
        "{{#x}}",
        "{{/x}}",
        "{{#x}}{{#y}}{{/x}}{{/y}}",
        "{{#x=a}}{{/x}}",
        "{{?x==}}{{/x}}",
        "{{?x?=a}}{{/x}}",
        "{{?x}}<p{{/x}}>",
        "<p{{?x}}>{{/x}}",
        "<p title=\"{{?x}}\"{{/x}}>",
        "<{{?x}}script{{/x}}>",
        "<p {{?x}}on{{/x}}click=\"a\">",
        "<p a=\"{{?x}}\" b=\"{{/x}}\">",
        "<p {{?x}}title=\"{{/x}}{{^x}}onclick=\"{{/x}}{{y}}\">",
        "{{?x}}<script>{{/x}}",
        "{{?x}}<!--{{/x}}",
        "<p title=\"a\"class=\"b\">",
        "<p {{>part}}>",
        "{{>missing}}",
        "{{<missing}}{{/missing}}",
        "{{>page}}",
        "{{>../page}}",
        "{{>/etc/passwd}}",
        "{{_ a {b c} }}",
        "{{_ a {b }}",
        "<p",
        "<p title=\"a",
        "<!-- a",
        "<script>",
        "<![CDATA[ {{x}} ]]>",
        "{{*x}}",
        "<p title=\"{{*x}}\">",
        "<meta http-equiv=\"{{x}}\">",
    };
    struct work work = support_work();
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const char *answer = render_as(&work, "page.html",
                                       arena_format(work.arena, "<p>\n%s", pages[i]), "{}", false);
        if (strncmp(answer, "templates/page.html line 2: ", 28) != 0)
            fail_msg("%s gave %s", pages[i], answer);
    }
    support_work_end(&work);
}

static void sections_enter_ask_and_repeat(void **state)
{
    (void)state;
    static const struct example examples[] = {
        { "{{#a}}{{b}}{{c}}{{/a}}", "{\"a\":{\"b\":1},\"c\":2}", "12" },
        { "{{#a}}[{{b}}{{^@last}},{{/@last}}]{{/a}}", "{\"a\":[{\"b\":1},{\"b\":2}]}", "[1,][2]" },
        { "{{#a}}{{@number}}{{?@first}}!{{/@first}}{{.}}{{/a}}", "{\"a\":[\"x\",\"y\"]}", "1!x2y" },
        { "{{#a}}{{#.}}{{.}}{{/.}};{{/a}}", "{\"a\":[[1,2],[],[3]]}", "12;;3;" },
        { "{{?a}}y{{/a}}{{^a}}n{{/a}}", "{\"a\":\"\"}", "n" },
        { "{{?a}}y{{/a}}{{^a}}n{{/a}}", "{\"a\":0}", "y" },
        { "{{?a}}y{{/a}}{{^a}}n{{/a}}", "{\"a\":[]}", "n" },
        { "{{?a}}y{{/a}}{{^a}}n{{/a}}", "{\"a\":null}", "n" },
        { "{{?a}}y{{/a}}{{^a}}n{{/a}}", "{}", "n" },
        { "{{?a}}y{{/a}}{{^a}}n{{/a}}", "{\"a\":{}}", "n" },
        { "{{?a=b}}y{{/a}}{{^a=b}}n{{/a}}", "{\"a\":\"b\"}", "y" },
        { "{{#l}}{{?.==b}}y{{/.}}{{^.==b}}n{{/.}}{{/l}}", "{\"l\":[1,2,\"2\"],\"b\":2}", "nyy" },
        { "{{?a==b}}y{{/a}}", "{}", "" },
        { "{{?a}}y{{/a}}{{^a}}n{{/a}}", "{\"a\":[false,null,[\"\"]]}", "n" },
        { "{{?a=3}}y{{/a}}", "{\"a\":3}", "y" },
        { "{{?a=false}}y{{/a}}", "{\"a\":false}", "y" },
        { "{{?a=false}}y{{/a}}", "{}", "" },
        { "{{?a~ell}}y{{/a}}", "{\"a\":\"hello\"}", "y" },
        { "{{a.length}}{{?a.length=2}}y{{/a.length}}", "{\"a\":[1,2]}", "2y" },
        { "{{?a.b.c}}y{{/a.b.c}}", "{\"a\":[{\"b\":{}},{\"b\":{\"c\":1}}]}", "y" },
        { "{{?a.b.c}}y{{/a.b.c}}", "{\"a\":[{\"b\":{}},{\"b\":{\"c\":[]}}]}", "" },
        { "{{#a}}{{?.b}}own{{/.b}}{{?b}}any{{/b}}{{/a}}", "{\"a\":{\"c\":1},\"b\":2}", "any" },
        { "{{a?none}} {{b?}}", "{}", "none " },
        { "{{a?<i>}}", "{\"a\":\"\"}", "&lt;i&gt;" },
        { "<p{{?a}} id=\"{{a}}\"{{/a}} class=\"b{{#c}} {{.}}{{/c}}\"{{?a}} hidden{{/a}}>",
          "{\"a\":\"x\",\"c\":[\"d\",\"e\"]}", "<p id=\"x\" class=\"b d e\" hidden>" },
        { "a\n  {{#b}}  \n  {{.}}\n  {{/b}}\nc\n", "{\"b\":[1,2]}", "a\n  1\n  2\nc\n" },
        { "a {{! nothing }}b", "{}", "a b" },
    };
    CHECK(examples, true);
}

static void the_first_that_is_there_is_taken(void **state)
{
    (void)state;
    static const struct example examples[] = {
        { "{{a|b}}{{a|c.d|b?}}", "{\"a\":\"\",\"b\":2,\"c\":{\"d\":\"<\"}}", "2&lt;" },
        { "{{a|b?none}}", "{}", "none" },
        { "{{a|b}}", "{}", "templates/page.html line 1: the model lacks a name: a|b." },
        { "{{?a|b}}y{{/a|b}}{{^a|b}}n{{/a|b}}", "{\"a\":false,\"b\":0}", "y" },
        { "{{?a|b}}y{{/a|b}}{{^a|b}}n{{/a|b}}", "{\"a\":false}", "n" },
        { "{{?a|b=x}}y{{/a|b}}", "{\"a\":\"z\",\"b\":\"x\"}", "y" },
        { "{{#a|b}}{{c}}{{/a|b}}", "{\"a\":[],\"b\":{\"c\":1}}", "1" },
        { "{{a|html}}", "{\"html\":\"<b>\"}", "&lt;b&gt;" },
        { "{{aHtml|html}}", "{\"html\":\"<b>\"}", "<b>" },
        { "{{a|}}", "{}", "templates/page.html line 1: this is no name: a|." },
        { "{{?a==b|c}}y{{/a}}", "{\"a\":1,\"c\":1}", "y" },
        { "{{?a==b}}y{{/a}}{{^a==c}}n{{/a}}", "{\"a\":[1,\"x\"],\"b\":\"x\",\"c\":\"y\"}", "yn" },
        { "{{#a}}{{b}}{{@data.b}}{{@data.c.d?}}{{/a}}",
          "{\"a\":{\"b\":1,\"c\":{\"d\":3}},\"b\":2,\"c\":{\"d\":4}}", "124" },
        { "{{#a}}{{@data.b}}{{/a}}", "{\"a\":{\"b\":1}}",
          "templates/page.html line 1: the model lacks a name: @data.b." },
    };
    CHECK(examples, true);
}

static void places_in_values_are_filled(void **state)
{
    (void)state;
    static const struct example examples[] = {
        { "{{%a n=b}}", "{\"a\":\"%{n} of %{n}<\",\"b\":\"<\"}", "&lt; of &lt;&lt;" },
        { "<p title=\"{{%a n=b|c}}\">", "{\"a\":\"to %{n}\",\"c\":7}", "<p title=\"to 7\">" },
        { "{{%a n=b}}", "{\"a\":\"%{m} %{n}\"}", "%{m} " },
        { "{{%a n=b}}", "{}", "" },
        { "{{%a}}", "{}", "templates/page.html line 1: a value with a place is {{%x name=y}}: a." },
        { "<a href=\"{{%a n=b}}\">", "{}",
          "templates/page.html line 1: no value with places stands in an address: a n=b." },
    };
    CHECK(examples, true);
}

static void attributes_are_written_safely(void **state)
{
    (void)state;
    static const struct example examples[] = {
        { "<p{{*a}}>", "{\"a\":{\"data-b\":\"<\\\"\",\"id\":7}}",
          "<p data-b=\"&lt;&quot;\" id=\"7\">" },
        { "<p {{*a}}>", "{}", "<p >" },
        { "<p{{*a}}>", "{\"a\":{\"onclick\":\"x\",\"style\":\"x\",\"a b\":\"x\",\"x>\":\"\"}}",
          "<p>" },
        { "<p{{*a}}>", "{\"a\":{\"href\":\"javascript:x\"}}", "<p href=\"#blocked\">" },
        { "<p{{*a}}>", "{\"a\":{\"b\":{\"value\":true,\"optional\":true},\"c\":null}}",
          "<p b c=\"\">" },
        { "<p{{*a}}>", "{\"a\":{\"b\":{\"value\":false,\"optional\":true}}}", "<p>" },
        { "<p{{*a data-b.}}>", "{\"a\":{\"one\":\"<\",\"onclick\":\"x\",\"x>\":1}}",
          "<p data-b.one=\"&lt;\" data-b.onclick=\"x\">" },
        { "<p{{*a on}}>", "{}",
          "templates/page.html line 1: attributes have a name and perhaps a prefix data-…: a on." },
    };
    CHECK(examples, true);
}

static void strictness_names_what_is_missing(void **state)
{
    (void)state;
    static const struct example examples[] = {
        { "a\n{{b}}", "{}", "templates/page.html line 2: the model lacks a name: b." },
        { "{{b.c}}", "{\"b\":{}}", "templates/page.html line 1: the model lacks a name: b.c." },
        { "{{#b}}{{/b}}", "{}", "templates/page.html line 1: the model lacks a name: b." },
        { "{{b}}", "{\"b\":{}}", "templates/page.html line 1: this is no text or number: b." },
        { "{{_ of {b} }}", "{}", "templates/page.html line 1: the model lacks a name: b." },
        { "{{b}}{{#b}}x{{/b}}{{#c?}}x{{/c}}", "{\"b\":null}", "" },
    };
    CHECK(examples, true);
    static const struct example lenient[] = { { "a{{b}}{{#c}}{{/c}}", "{}", "a" } };
    CHECK(lenient, false);
}

static void partials_see_their_data_only(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const pairs[][2] = {
        { "page.html", "{{>part}}{{>part data}}{{>part none?}}{{#list}}{{>part .}}{{/list}}" },
        { "part.html", "[{{a?-}}{{b?-}}{{s?-}}]" },
    };
    json_t *model = json_loads("{\"a\":1,\"data\":{\"b\":2},\"list\":[{\"a\":3}]}", 0, NULL);
    json_t *site = json_loads("{\"s\":9}", 0, NULL);
    struct template_view view = { .model = thing_of_json(model),
                                  .site = thing_of_json(site),
                                  .is_strict = true };
    assert_string_equal(render_files(&work, pairs, 2, &view), "[1-9][-2-][3--]");
    json_decref(model);
    json_decref(site);
    support_work_end(&work);
}

static void circles_are_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const pairs[][2] = { { "a.html", "{{>b}}" },
                                     { "b.html", "\n{{>c}}" },
                                     { "c.html", "{{?x}}{{>a}}{{/x}}" } };
    struct template_view view = { .model = thing_of_json(NULL) };
    assert_string_equal(
        render_files(&work, pairs, 3, &view),
        "templates/c.html line 1: a.html includes itself, directly or through others.");
    support_work_end(&work);
}

static void pages_fill_their_parent(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const pairs[][2] = {
        { "page.html", "{{<middle}}\n{{$inner}}I{{x}}{{/inner}}\n{{$foot}}F{{/foot}}{{/middle}}" },
        { "middle.html", "{{<base}}{{$main}}M({{$inner}}none{{/inner}}){{/main}}{{/base}}" },
        { "base.html", "{{?x}}<p{{/x}}>" },
    };
    const char *const good[][2] = {
        { pairs[0][0], pairs[0][1] },
        { pairs[1][0], pairs[1][1] },
        { "base.html",
          "<b>{{$main}}empty{{/main}}</b>{{?x}}{{$foot}}foot{{/foot}}{{/x}}{{$z}}Z{{/z}}" },
    };
    json_t *model = json_loads("{\"x\":1}", 0, NULL);
    struct template_view view = { .model = thing_of_json(model) };
    assert_string_equal(render_files(&work, good, 3, &view), "<b>M(I1)</b>FZ");
    assert_string_equal(render_files(&work, pairs, 3, &view),
                        "templates/base.html line 1: the section ends in another place of the "
                        "markup than it began: x.");
    const char *const beside[][2] = { { "page.html", "{{<base}}words{{/base}}" },
                                      { "base.html", "" } };
    assert_string_equal(render_files(&work, beside, 2, &view),
                        "templates/page.html line 1: text beside the blocks of a {{<parent}} goes "
                        "nowhere: words.");
    json_decref(model);
    support_work_end(&work);
}

static void messages_are_translated_and_escaped(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const catalogue[] = { "Hello {name} & {name}", "Helo <{name}>" };
    const char *const pairs[][2] = {
        { "page.html", "<p title=\"{{_ Hello\n  {name} & {name}}}\">{{x?_ Other words}}" }
    };
    json_t *model = json_loads("{\"name\":\"\\\"Si\\u00e2n\\\"\"}", 0, NULL);
    struct template_view view = { .model = thing_of_json(model), .is_strict = true };
    assert_string_equal(render_files(&work, pairs, 1, &view),
                        "<p title=\"Hello &quot;Si\xC3\xA2n&quot; &amp; &quot;Si\xC3\xA2n&quot;\">"
                        "Other words");
    view.translate = shout;
    view.catalogue = catalogue;
    assert_string_equal(render_files(&work, pairs, 1, &view),
                        "<p title=\"Helo &lt;&quot;Si\xC3\xA2n&quot;&gt;\">Other words");
    json_decref(model);
    support_work_end(&work);
}

static void values_that_are_words_are_translated(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const catalogue[] = { "a < b", "B > A" };
    const char *const pairs[][2] = {
        { "page.html", "<p title=\"{{_=x}}\">{{_=x}} {{_=y}} {{_=z?none}} {{x}}</p>" }
    };
    json_t *model = json_pack("{s:s, s:s}", "x", "a < b", "y", "c");
    struct template_view view = { .model = thing_of_json(model),
                                  .translate = shout,
                                  .catalogue = catalogue };
    assert_string_equal(render_files(&work, pairs, 1, &view),
                        "<p title=\"B &gt; A\">B &gt; A c none a &lt; b</p>");
    json_decref(model);
    support_work_end(&work);
}

static void links_of_the_site_are_led_home(void **state)
{
    (void)state;
    struct work work = support_work();
    static const char *const examples[][2] = {
        { "<a href=\"/a\">", "<a href=\"/cy/a\">" },
        { "<a href=\"/\"><a href='/{{p}}'>", "<a href=\"/cy/\"><a href='/cy/q'>" },
        { "<a href=\"{{?p}}/a{{/p}}{{^p}}/b{{/p}}\">", "<a href=\"/cy/a\">" },
        { "<a href=\"{{x}}\">", "<a href=\"/cy/x\">" },
        { "<form action=\"/a\"><button formaction=\"{{x}}\">",
          "<form action=\"/cy/a\"><button formaction=\"/cy/x\">" },
        { "<a href=\"//b.uk/\"><a href=\"{{other}}\">",
          "<a href=\"//b.uk/\"><a href=\"https://b.uk/\">" },
        { "<a href=\"#a\"><a href=\"?a\"><a href=\"a/b\">",
          "<a href=\"#a\"><a href=\"?a\"><a href=\"a/b\">" },
        { "<link href=\"/a\"><link href=\"{{x}}\"><img src=\"/a\"><p title=\"/a\">",
          "<link href=\"/a\"><link href=\"/x\"><img src=\"/a\"><p title=\"/a\">" },
        { "<a{{*attributes}}>", "<a href=\"/x\">" },
    };
    json_t *model = json_pack("{s:s, s:s, s:s, s:{s:s}}", "p", "q", "x", "/x", "other",
                              "https://b.uk/", "attributes", "href", "/x");
    struct template_view view = { .model = thing_of_json(model), .home = "/cy" };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const char *const pairs[][2] = { { "page.html", examples[i][0] } };
        assert_string_equal(render_files(&work, pairs, 1, &view), examples[i][1]);
    }
    json_decref(model);
    support_work_end(&work);
}

static void messages_are_listed_for_translators(void **state)
{
    (void)state;
    struct work work = support_work();
    struct template_file file = { "a.html", slice_of("\n{{_ One  two }}\n{{x?_ Three}}") };
    struct template_source source = { .files = &file, .count = 1 };
    struct template_set *set = NULL;
    assert_int_equal(template_set_load(&work, &source, &set), STATUS_OK);
    assert_int_equal(template_message_count(set), 2);
    assert_string_equal(template_message_at(set, 0).words, "One two");
    assert_int_equal(template_message_at(set, 0).line, 2);
    assert_string_equal(template_message_at(set, 1).words, "Three");
    assert_int_equal(template_message_at(set, 1).line, 3);
    template_set_free(set);
    support_work_end(&work);
}

static void xml_and_plain_text(void **state)
{
    (void)state;
    struct work work = support_work();
    assert_string_equal(render_as(&work, "a.xml",
                                  "<?xml version=\"1.0\"?><t:p style:name=\"{{x}}\">{{x}}</t:p>"
                                  "<style>{{y}}</style>{{zXml}}",
                                  "{\"x\":\"a<\\u0007>\",\"y\":\"&\",\"zXml\":\"<b/>\"}", true),
                        "<?xml version=\"1.0\"?><t:p style:name=\"a&lt;\xEF\xBF\xBD&gt;\">"
                        "a&lt;\xEF\xBF\xBD&gt;</t:p><style>&amp;</style><b/>");
    assert_string_equal(render_as(&work, "a.txt", "a < b {{x}}", "{\"x\":\"<&>\"}", true),
                        "a < b <&>");
    support_work_end(&work);
}

static void work_without_end_is_stopped(void **state)
{
    (void)state;
    struct work work = support_work();
    struct text page = text_new(work.arena, 10000);
    for (int i = 0; i < 20; i++)
        text_add(&page, "{{#a}}");
    for (int i = 0; i < 20; i++)
        text_add(&page, "{{/a}}");
    const char *model = "{\"a\":[1,2,3,4,5,6,7,8,9]}";
    assert_string_equal(render_as(&work, "page.html", page.bytes, model, false),
                        "templates/page.html has no end in sight.");
    text_cut(&page, 0);
    for (int i = 0; i < 40; i++)
        text_add(&page, "{{#a}}");
    assert_non_null(strstr(render_as(&work, "page.html", page.bytes, model, false),
                           "too many sections within sections"));
    text_cut(&page, 0);
    for (int i = 0; i < 4; i++)
        text_add(&page, "{{#a}}");
    text_add(&page, "some words to fill the page");
    for (int i = 0; i < 4; i++)
        text_add(&page, "{{/a}}");
    assert_string_equal(render_as(&work, "page.html", page.bytes, model, false),
                        "templates/page.html: the page is longer than 100000 bytes.");
    support_work_end(&work);
}

static void a_folder_stands_in(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *path = arena_format(work.arena, "%s/part.html", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("theirs {{x}}", file);
    fclose(file);
    struct template_file files[] = { { "page.html", slice_of("{{>part}}") },
                                     { "part.html", slice_of("ours") } };
    struct template_source source = { .folder = folder, .files = files, .count = 2 };
    struct template_set *set = NULL;
    assert_int_equal(template_set_load(&work, &source, &set), STATUS_OK);
    json_t *model = json_loads("{\"x\":1}", 0, NULL);
    struct template_view view = { .model = thing_of_json(model) };
    struct text text = text_new(work.arena, PAGE_MOST);
    assert_int_equal(template_render(&work, set, "page.html", &view, &text), STATUS_OK);
    assert_string_equal(text.bytes, "theirs 1");
    assert_int_equal(template_render(&work, set, "other.html", &view, &text), STATUS_NOT_FOUND);
    json_decref(model);
    template_set_free(set);
    support_remove(folder);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_escaped_for_their_place),
        cmocka_unit_test(dangerous_addresses_are_blocked),
        cmocka_unit_test(an_address_in_pieces_is_no_scheme),
        cmocka_unit_test(unsafe_places_are_refused),
        cmocka_unit_test(sections_enter_ask_and_repeat),
        cmocka_unit_test(the_first_that_is_there_is_taken),
        cmocka_unit_test(places_in_values_are_filled),
        cmocka_unit_test(attributes_are_written_safely),
        cmocka_unit_test(strictness_names_what_is_missing),
        cmocka_unit_test(partials_see_their_data_only),
        cmocka_unit_test(circles_are_refused),
        cmocka_unit_test(pages_fill_their_parent),
        cmocka_unit_test(messages_are_translated_and_escaped),
        cmocka_unit_test(values_that_are_words_are_translated),
        cmocka_unit_test(links_of_the_site_are_led_home),
        cmocka_unit_test(messages_are_listed_for_translators),
        cmocka_unit_test(xml_and_plain_text),
        cmocka_unit_test(work_without_end_is_stopped),
        cmocka_unit_test(a_folder_stands_in),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
