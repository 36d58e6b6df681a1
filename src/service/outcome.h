/* Groups compared by an outcome: who was appointed of those shortlisted, who left, who was served
 * of those assessed, who agreed of those who answered. Unprotected. */
#ifndef SERVICE_OUTCOME_H
#define SERVICE_OUTCOME_H

#include "service/likelihood_metric.h"
#include "service/people_groups.h"
#include "store/snapshot_store.h"
#include "stats/representation.h"
#include "stats/training.h"

/* What is asked of trainings, which stand as cases with the day of their completion. */
enum outcome_trained {
    TRAINED_NOT_ASKED,
    TRAINED_STARTERS, /* new starters within eight weeks */
    TRAINED_REFRESHER /* all staff within two years */
};

struct outcome_request {
    enum people_role role;
    enum people_detail detail;
    /* "Appointed=Yes", "Answer=Agree|Strongly agree", or a heading alone: whoever has anything
     * there but a no. `among` NULL: everybody. */
    const char *outcome, *among;
    /* The outcome is to have a case: people whose number stands in this extract of cases
     * (disciplinary, grievances, training), of those that meet `cases_where`; NULL: all. Then
     * `outcome` is words alone. */
    const struct people *cases;
    const char *cases_where;
    const struct snapshot_people *snapshot; /* whose the people are, with cases; NULL: of files */
    /* People of other years, whose counts are put together with these; not with cases. */
    const struct people *const *others;
    size_t other_count;
    enum outcome_trained trained;
    struct training_period period; /* of `trained` */
    const struct likelihood_metric *metric;
};

struct outcome_group {
    struct significance_group counts; /* who met with the event, of whom; people, never weighted */
    struct interval interval;         /* Wilson, per cent */
    int64_t events;                   /* cases of these people, several of one each; -1: no cases */
    double rate;                      /* events per 1,000 people; NAN of nobody */
    struct interval rate_interval;    /* Byar's, or exact below 10 events */
    struct likelihood likelihood;     /* against the reference; not compared for itself */
    double adjusted;                  /* p by Holm for all comparisons made; NAN */
    int64_t share_ratio; /* share of outcomes over share of the base; INTEGER_MISSING when none */
    struct survey_share weighted; /* where the file has weights */
    bool has_weighted;
    struct likelihood_metric words; /* the metric in this group's words */
};

struct outcome {
    struct people_groups groups;                  /* the reference first */
    struct outcome_group *rows;                   /* one for each group */
    struct significance_group everybody, unknown; /* the latter: whose group is not known */
    struct significance all;                      /* chi-square of all groups */
    size_t years;                                 /* put together; 1 for one */
    bool is_weighted;
    const char *weight;      /* heading, or NULL */
    int64_t cases_of_nobody; /* numbers in the extract of cases that nobody in the base has */
};

/* A share of outcomes from 0.9 to 1.1 times the share of the base is equal provision (PAF E48). */
#define OUTCOME_EQUAL_LEAST (NUMBER_ONE * 9 / 10)
#define OUTCOME_EQUAL_MOST (NUMBER_ONE * 11 / 10)

MUST_CHECK enum status outcome_make(struct work *work, struct people_labels *labels,
                                    const struct people *people,
                                    const struct outcome_request *request,
                                    struct outcome *out_outcome);

#endif
