/* What all pages share: loaded once when the server starts, never changed after. */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include <jansson.h>
#include <stdatomic.h>

#include "base/work.h"
#include "service/second_factor.h"
#include "template/template.h"
#include "web/assets.h"
#include "web/brand.h"
#include "web/language.h"

struct cache;
struct limits;
struct metrics;
struct provider;
struct route;

struct site {
    struct template_set *templates;
    struct assets assets;
    struct catalogue catalogues[LANGUAGE_COUNT];
    struct list patterns[LANGUAGE_COUNT]; /* of language_patterns */
    struct brand brand;
    const char *authority;   /* whose pages these are */
    struct cache *cache;     /* of answers */
    struct cache *personal;  /* of answers to one session each */
    struct pool *writers;    /* stores that write, not the site's; NULL: there is no workspace */
    struct limits *limits;   /* of requests; NULL: there are none */
    struct metrics *metrics; /* not the site's; NULL: nothing is counted */
    const atomic_bool *is_draining; /* the server is about to stop; NULL: it never is */
    struct provider *provider;      /* of single sign-on; NULL: there is none */
    struct turnstile *hashing;      /* before what costs much memory: passwords */
    const char *public_address;     /* https://…, where people reach us; "" for none */
    bool is_secure;                 /* that address is one of TLS */
    bool pages_need_sign_in;        /* what is on record is shown to those with a role only */
    struct second_factor_policy second_factor;
    bool takes_demonstration;              /* links of the demonstration are good here */
    int64_t session_idle, session_longest; /* minutes */
    int64_t prove_again;               /* minutes for which a proof is good for delicate steps */
    int64_t upload_files, upload_most; /* files and MiB that one person sends on a day; 0: any */
    size_t extract_most;               /* bytes of a form with an extract of people */
    bool is_strict;                    /* of templates, for tests */
};

/* Loads the site into the work's arena, which must live as long as the site. `folder` is the
 * workspace's, whose templates/ and locale/ stand in for the program's own; NULL for none. */
MUST_CHECK enum status site_load(struct work *work, const char *authority, const char *folder,
                                 const struct brand_options *brand, struct site **out_site);
void site_free(struct site *site);
/* What the layout needs on a page of that route (NULL: an error's page), for the work's actor: a
 * new reference. */
json_t *site_view(struct work *work, const struct site *site, enum language language,
                  const struct route *route);
/* The words in that language, or as they are where there is no translation. */
const char *site_words(const struct site *site, enum language language, const char *words);

#endif
