/* THE table of routes. A page is one row here, one file in pages/, one template. */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/work.h"
#include "codec/urlencoded.h"
#include "service/permission.h"
#include "web/http/message.h"
#include "web/language.h"

enum { ROUTE_PARAMETERS_MOST = 4 };

struct site;
struct route;
struct session;
struct multipart;

/* Why somebody who is signed in was refused. */
enum refusal {
    REFUSAL_SERVICE, /* the handler said no, in a sentence or without one */
    REFUSAL_RIGHT,   /* the right of the row is missing */
    REFUSAL_UNIT,    /* it does not reach the unit */
    REFUSAL_FORM,    /* the form was not ours, or of an older session */
};

/* A request that has found its route. */
struct call {
    const struct request *request;
    const struct route *route;
    const struct site *site;
    const char *parameters[ROUTE_PARAMETERS_MOST]; /* of the pattern, in its order */
    bool wants_json;                               /* Accept or ?format=json */
    enum language language;                        /* of the answer */
    const char *cookie;                            /* the browser's secret; NULL: it has none */
    const struct session *session;                 /* NULL: nobody is signed in */
    struct urlencoded form;                        /* what was typed; empty but for a POST */
    bool form_is_ours;                             /* its token is the one that we gave */
    json_t *body;                                  /* what a program sent; NULL: nothing */
    bool may_write;                                /* a program's token allows it */
    const struct multipart *upload;                /* with the files sent; NULL: none can be */
    enum refusal refusal;                          /* what a 403 is about */
    int64_t unit;                                  /* of REFUSAL_UNIT */
    int64_t retry_after;                           /* seconds, when it came too soon */
    bool is_over_quota;                            /* it was files, of which there were too many */
    bool must_prove;                               /* again who they are, before this step */
    const char *proof_problem;                     /* what was wrong with the proof; or NULL */
};

/* What a handler makes: a model and the template that shows it, or bytes. */
struct page {
    const char *template;     /* pages/measure.html; NULL: `response` is the answer */
    const char *title;        /* of the page alone; the layout adds the rest */
    json_t *model;            /* an object, released by dispatch; it is the JSON answer as well */
    struct response response; /* its status and headers hold for pages too; status 0 is 200 */
    bool has_form;            /* the page gets a token for its forms, `formToken` */
    bool has_figures;         /* as HTML, counts get commas and negative figures a minus sign */
    const char *redirect;     /* after a form was taken: the page to go on to; NULL: none */
    bool is_wrong_secret;     /* a password, code or link that is not right was tried */
    const char *done; /* and what it says there was done: a code of confirmation.c; or NULL */
};

/* The parts of the navigation, in its order: menu.c has their words. */
enum section {
    SECTION_NONE,
    SECTION_WORK,
    SECTION_PLAN,
    SECTION_PROGRESS,
    SECTION_RETURNS,
    SECTION_PEOPLE,
    SECTION_SEARCH,
    SECTION_KEEPING,
    SECTION_ACCOUNT,
    SECTION_COUNT
};

struct route {
    enum request_method method;
    const char *pattern; /* "/measures/{code}" */
    enum right right;    /* who may */
    const char *unit;    /* the parameter that names a unit which the right must reach; or NULL */
    bool writes;         /* the handler's store takes writes: services begin and commit them */
    size_t form_most;    /* bytes of a body; 0: none is taken */
    bool takes_file;     /* the form may bring files */
    bool takes_extract;  /* and one as large as an extract of people: `extract_most` of the site */
    bool is_api;         /* for programs: a token instead of a session, JSON in and out */
    enum status (*handle)(struct work *work, const struct call *call, struct page *out_page);
    const char *menu;      /* its words in the navigation; NULL: it is not there */
    enum section section;  /* where those words stand */
    const char *under;     /* the pattern in the navigation that the page belongs to, where the
                            * beginning of its own does not tell; NULL: it does */
    const char *summary;   /* what is found there, for the home page */
    bool is_restricted;    /* that it was read is an event of the audit, before the answer */
    bool is_cached;        /* the answer follows from the address and what is stored alone */
    bool is_personal;      /* cached too, but for the session that asked */
    bool needs_no_store;   /* is answered when the database cannot be opened */
    bool is_enrolment;     /* is open to those who must turn codes on before anything else */
    bool tries_secret;     /* who often is wrong here is not let through for a while */
    bool is_delicate;      /* a proof of who asks must be fresh: see proof.h */
    bool is_for_strangers; /* its words in the navigation are for those who are not signed in */
};

/* Where people reach these pages, without a / at the end. */
const char *call_site_address(struct work *work, const struct call *call);
/* The words in the answer's language. */
const char *call_words(const struct call *call, const char *words);

/* What the address asks for under that name; NULL when it is not there or empty. */
const char *call_asked(const struct call *call, const char *name);

extern const struct route routes[];
extern const size_t route_count;

/* The parameter of that name in the route's pattern. The pattern has it: anything else is a
 * programmer's mistake. */
const char *call_parameter(const struct call *call, const char *name);
/* Finds the row for a method and path and fills `out_call`'s route and parameters. STATUS_NOT_FOUND
 * when no pattern fits; STATUS_USAGE when only the method does not, with the methods that do in
 * `*out_allowed`. No words are written. */
MUST_CHECK enum status route_find(struct arena *arena, const struct request *request,
                                  struct call *out_call, const char **out_allowed);

#endif
