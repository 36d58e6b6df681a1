/* Target dates: how each form that councils write is read, and that nothing is guessed. */
#include "model/target_date.h"

#include <string.h>

#include "model/codes.h"
#include "support/support.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* 24 August 2012, a Friday. */
static const struct target_date_context today = { .today = { 2012, 8, 24 } };

struct expected {
    const char *text, *from, *due, *recurrence, *condition, *status, *next; /* NULL: none */
};

#define OPEN "open"
#define UNSURE "to-be-confirmed"
#define DONE "complete"

static const struct expected papers[] = {
    { "March 2011", NULL, "2011-03-31", NULL, NULL, OPEN, NULL },
    { "Jan 2011", NULL, "2011-01-31", NULL, NULL, OPEN, NULL },
    { "Dec 2013", NULL, "2013-12-31", NULL, NULL, OPEN, "2013-12-31" },
    { "Dec 2011.", NULL, "2011-12-31", NULL, NULL, OPEN, NULL },
    { "December 2010 and thereafter annually by same month", NULL, "2010-12-31", "yearly", NULL,
      OPEN, "2012-12-31" },
    { "March 2011 and then annually", NULL, "2011-03-31", "yearly", NULL, OPEN, "2013-03-31" },
    { "June 2011 and then annually", NULL, "2011-06-30", "yearly", NULL, OPEN, "2013-06-30" },
    { "March 2011 and all consultations thereafter", NULL, "2011-03-31", NULL,
      "all consultations thereafter", OPEN, NULL },
    { "April 2010 to April 2011.", "2010-04-01", "2011-04-30", NULL, NULL, OPEN, NULL },
    { "December 2011 (subject to funding availability)", NULL, "2011-12-31", NULL,
      "subject to funding availability", OPEN, NULL },
    { "Dec 2011 (subject to funding availability)", NULL, "2011-12-31", NULL,
      "subject to funding availability", OPEN, NULL },
    { "Ongoing", NULL, NULL, "continuous", NULL, OPEN, NULL },
    { "Monthly", NULL, NULL, "monthly", NULL, OPEN, "2012-08-31" },
    { "Bi-monthly", NULL, NULL, "two-monthly", NULL, OPEN, "2012-09-30" },
    { "Quarterly", NULL, NULL, "quarterly", NULL, OPEN, "2012-09-30" },
    { "by the end of March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "by 2016", NULL, "2016-12-31", NULL, NULL, OPEN, "2016-12-31" },
};

static const struct expected dates[] = {
    { "31/03/24", NULL, "2024-03-31", NULL, NULL, OPEN, "2024-03-31" },
    { "31.3.2024", NULL, "2024-03-31", NULL, NULL, OPEN, "2024-03-31" },
    { "31-03-2024", NULL, "2024-03-31", NULL, NULL, OPEN, "2024-03-31" },
    { "2024-03-31", NULL, "2024-03-31", NULL, NULL, OPEN, "2024-03-31" },
    { "03/04/2013", NULL, "2013-04-03", NULL, NULL, OPEN, "2013-04-03" },
    { "1/4/13", NULL, "2013-04-01", NULL, NULL, OPEN, "2013-04-01" },
    { "by 31st March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "31 March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "the 1st of October 2012", NULL, "2012-10-01", NULL, NULL, OPEN, "2012-10-01" },
    { "Monday 3 September 2012", NULL, "2012-09-03", NULL, NULL, OPEN, "2012-09-03" },
    { "Fri, 31 Aug 2012", NULL, "2012-08-31", NULL, NULL, OPEN, "2012-08-31" },
    { "31-Mar-13", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "31Mar2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "March 31, 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "March 31st 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "29 February 2016", NULL, "2016-02-29", NULL, NULL, OPEN, "2016-02-29" },
    { "w/c 4 June 2012", NULL, "2012-06-10", NULL, NULL, OPEN, NULL },
    { "week commencing 3rd September 2012", NULL, "2012-09-09", NULL, NULL, OPEN, "2012-09-09" },
    { "w/e 7 September 2012", NULL, "2012-09-07", NULL, NULL, OPEN, "2012-09-07" },
    { "2012-W40", NULL, "2012-10-07", NULL, NULL, OPEN, "2012-10-07" },
    { "Easter 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "by Easter 2011", NULL, "2011-04-24", NULL, NULL, OPEN, NULL },
    { "before Christmas 2012", NULL, "2012-12-24", NULL, NULL, OPEN, "2012-12-24" },
    { "before March 2013", NULL, "2013-02-28", NULL, NULL, OPEN, "2013-02-28" },
    { "no later than 30/9/2012", NULL, "2012-09-30", NULL, NULL, OPEN, "2012-09-30" },
    { "31 March 2013 at the latest", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "March 2013 at latest", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
};

static const struct expected months[] = {
    { "Dec-11", NULL, "2011-12-31", NULL, NULL, OPEN, NULL },
    { "Dec/12", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "Dec '12", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "Dec \xE2\x80\x99"
      "12",
      NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "Mar 13", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "Sept. 2012", NULL, "2012-09-30", NULL, NULL, OPEN, "2012-09-30" },
    { "SEPTEMBER 2012", NULL, "2012-09-30", NULL, NULL, OPEN, "2012-09-30" },
    { "february 2012", NULL, "2012-02-29", NULL, NULL, OPEN, NULL },
    { "By end of March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "End March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "end-March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "late March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "mid-March 2013", NULL, "2013-03-15", NULL, NULL, OPEN, "2013-03-15" },
    { "start of March 2013", NULL, "2013-03-01", NULL, NULL, OPEN, "2013-03-01" },
    { "03/2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "2013-03", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "March, 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "In\xC2\xA0March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "Revised to March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "Target date: March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "To be completed by March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "Complete by March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "June 2012 (revised to September 2012)", NULL, "2012-09-30", NULL, NULL, OPEN, "2012-09-30" },
    { "Launch April 2013", NULL, "2013-04-30", NULL, NULL, OPEN, "2013-04-30" },
    { "2012/12/31", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "Now to December 2012", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "Review in March 2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
};

static const struct expected longer[] = {
    { "by end of Q3 2024/25", NULL, "2024-12-31", NULL, NULL, OPEN, "2024-12-31" },
    { "End Q2 2012/13", NULL, "2012-09-30", NULL, NULL, OPEN, "2012-09-30" },
    { "Q4 2012/13", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "2012/13 Q3", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "2012-13-Q3", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "Quarter 3 of 2012-13", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "third quarter 2012/13", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "3rd quarter of 2012/13", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "Q3 24/25", NULL, "2024-12-31", NULL, NULL, OPEN, "2024-12-31" },
    { "last quarter of 2012/13", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "H1 2012/13", NULL, "2012-09-30", NULL, NULL, OPEN, "2012-09-30" },
    { "second half of 2012/13", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "Autumn 2023", NULL, "2023-11-30", NULL, NULL, OPEN, "2023-11-30" },
    { "Spring 2013", NULL, "2013-05-31", NULL, NULL, OPEN, "2013-05-31" },
    { "by Summer 2013", NULL, "2013-08-31", NULL, NULL, OPEN, "2013-08-31" },
    { "Winter 2012", NULL, "2013-02-28", NULL, NULL, OPEN, "2013-02-28" },
    { "Winter 2015/16", NULL, "2016-02-29", NULL, NULL, OPEN, "2016-02-29" },
    { "Summer term 2013", NULL, "2013-08-31", NULL, NULL, OPEN, "2013-08-31" },
    { "Autumn term 2012", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "spring term 2012/13", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "2012", NULL, "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "during 2013", NULL, "2013-12-31", NULL, NULL, OPEN, "2013-12-31" },
    { "mid 2013", NULL, "2013-06-30", NULL, NULL, OPEN, "2013-06-30" },
    { "late 2013", NULL, "2013-12-31", NULL, NULL, OPEN, "2013-12-31" },
    { "2012/13", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "2012-2013", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "2012\xE2\x80\x93"
      "13",
      NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "FY 2021-22", NULL, "2022-03-31", NULL, NULL, OPEN, "2022-03-31" },
    { "FY21/22", NULL, "2022-03-31", NULL, NULL, OPEN, "2022-03-31" },
    { "24/25", NULL, "2025-03-31", NULL, NULL, OPEN, "2025-03-31" },
    { "the 2012/13 financial year", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "end of financial year 2012/13", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "Year end 2012/13", NULL, "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "academic year 2012/13", NULL, "2013-08-31", NULL, NULL, OPEN, "2013-08-31" },
    { "2012/13 academic year", NULL, "2013-08-31", NULL, NULL, OPEN, "2013-08-31" },
    { "calendar year 2013", NULL, "2013-12-31", NULL, NULL, OPEN, "2013-12-31" },
};

static const struct expected ranges[] = {
    { "1st April 2011 - 31st March 2013", "2011-04-01", "2013-03-31", NULL, NULL, OPEN,
      "2013-03-31" },
    { "April 2012 \xE2\x80\x93 March 2013", "2012-04-01", "2013-03-31", NULL, NULL, OPEN,
      "2013-03-31" },
    { "from April 2012 to March 2013", "2012-04-01", "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "between September and December 2012", "2012-09-01", "2012-12-31", NULL, NULL, OPEN,
      "2012-12-31" },
    { "September - December 2012", "2012-09-01", "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "November to January 2013", "2012-11-01", "2013-01-31", NULL, NULL, OPEN, "2013-01-31" },
    { "Oct/Nov 2012", "2012-10-01", "2012-11-30", NULL, NULL, OPEN, "2012-11-30" },
    { "30 June - 31 December 2012", "2012-06-30", "2012-12-31", NULL, NULL, OPEN, "2012-12-31" },
    { "Spring/Summer 2013", "2013-03-01", "2013-08-31", NULL, NULL, OPEN, "2013-08-31" },
    { "Q1 - Q4 2012/13", "2012-04-01", "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "2011 - 2013", "2011-01-01", "2013-12-31", NULL, NULL, OPEN, "2013-12-31" },
    { "2010/11 to 2012/13", "2010-04-01", "2013-03-31", NULL, NULL, OPEN, "2013-03-31" },
    { "Throughout 2012/13", "2012-04-01", "2013-03-31", "continuous", NULL, OPEN, "2013-03-31" },
    { "From April 2013", "2013-04-01", NULL, NULL, NULL, OPEN, NULL },
    { "April 2012 onwards", "2012-04-01", NULL, "continuous", NULL, OPEN, NULL },
    { "Start April 2012, complete by March 2013", "2012-04-01", "2013-03-31", NULL, NULL, OPEN,
      "2013-03-31" },
    { "Ongoing until March 2013", NULL, "2013-03-31", "continuous", NULL, OPEN, "2013-03-31" },
};

static const struct expected recurring[] = {
    { "weekly", NULL, NULL, "weekly", NULL, OPEN, "2012-08-26" },
    { "every week", NULL, NULL, "weekly", NULL, OPEN, "2012-08-26" },
    { "six monthly", NULL, NULL, "half-yearly", NULL, OPEN, "2012-09-30" },
    { "6-monthly", NULL, NULL, "half-yearly", NULL, OPEN, "2012-09-30" },
    { "Half-yearly", NULL, NULL, "half-yearly", NULL, OPEN, "2012-09-30" },
    { "twice a year", NULL, NULL, "half-yearly", NULL, OPEN, "2012-09-30" },
    { "every two months", NULL, NULL, "two-monthly", NULL, OPEN, "2012-09-30" },
    { "every other month", NULL, NULL, "two-monthly", NULL, OPEN, "2012-09-30" },
    { "Every 3 months", NULL, NULL, "quarterly", NULL, OPEN, "2012-09-30" },
    { "Monthly meetings", NULL, NULL, "monthly", NULL, OPEN, "2012-08-31" },
    { "termly", NULL, NULL, "termly", NULL, OPEN, "2012-08-31" },
    { "each term", NULL, NULL, "termly", NULL, OPEN, "2012-08-31" },
    { "Annually", NULL, NULL, "yearly", NULL, OPEN, "2013-03-31" },
    { "At least annually", NULL, NULL, "yearly", NULL, OPEN, "2013-03-31" },
    { "on an annual basis", NULL, NULL, "yearly", NULL, OPEN, "2013-03-31" },
    { "p.a.", NULL, NULL, "yearly", NULL, OPEN, "2013-03-31" },
    { "Annually in December", NULL, NULL, "yearly", NULL, OPEN, "2012-12-31" },
    { "Annual (March)", NULL, NULL, "yearly", NULL, OPEN, "2013-03-31" },
    { "Every February", NULL, NULL, "yearly", NULL, OPEN, "2013-02-28" },
    { "31 March each year", NULL, NULL, "yearly", NULL, OPEN, "2013-03-31" },
    { "annually by 30 June", NULL, NULL, "yearly", NULL, OPEN, "2013-06-30" },
    { "each spring", NULL, NULL, "yearly", NULL, OPEN, "2013-05-31" },
    { "Q2 each year", NULL, NULL, "yearly", NULL, OPEN, "2012-09-30" },
    { "April and October each year", NULL, NULL, "half-yearly", NULL, OPEN, "2012-10-31" },
    { "Quarterly (January, April, July, October)", NULL, NULL, "quarterly", NULL, OPEN,
      "2012-10-31" },
    { "28 February 2011 then monthly", NULL, "2011-02-28", "monthly", NULL, OPEN, "2012-08-28" },
    { "February 2011 then monthly", NULL, "2011-02-28", "monthly", NULL, OPEN, "2012-08-31" },
    { "June 2012, then quarterly", NULL, "2012-06-30", "quarterly", NULL, OPEN, "2012-09-30" },
    { "Quarterly, first report June 2012", NULL, "2012-06-30", "quarterly", NULL, OPEN,
      "2012-09-30" },
    { "4 June 2012 and weekly thereafter", NULL, "2012-06-04", "weekly", NULL, OPEN, "2012-08-27" },
    { "Annually from March 2011", "2011-03-01", "2011-03-31", "yearly", NULL, OPEN, "2013-03-31" },
    { "Quarterly from May 2012", "2012-05-01", NULL, "quarterly", NULL, OPEN, "2012-10-31" },
    { "Monthly from October 2012", "2012-10-01", NULL, "monthly", NULL, OPEN, "2012-10-31" },
    { "Monthly until March 2013", NULL, "2013-03-31", "monthly", NULL, OPEN, "2012-08-31" },
    { "Quarterly during 2012/13", "2012-04-01", "2013-03-31", "quarterly", NULL, OPEN,
      "2012-09-30" },
    { "Monthly, April 2011 to March 2012", "2011-04-01", "2012-03-31", "monthly", NULL, OPEN,
      NULL },
    { "Ongoing, quarterly", NULL, NULL, "quarterly", NULL, OPEN, "2012-09-30" },
    { "On-going", NULL, NULL, "continuous", NULL, OPEN, NULL },
    { "Continuous", NULL, NULL, "continuous", NULL, OPEN, NULL },
    { "Rolling programme", NULL, NULL, "continuous", NULL, OPEN, NULL },
    { "Ongoing - review March 2013", NULL, "2013-03-31", "continuous", NULL, OPEN, "2013-03-31" },
    { "Ongoing, reviewed annually", NULL, NULL, "continuous", "reviewed annually", OPEN, NULL },
    { "March 2012 and ongoing", NULL, "2012-03-31", "continuous", NULL, OPEN, NULL },
};

static const struct expected conditional[] = {
    { "March 2013 subject to funding", NULL, "2013-03-31", NULL, "subject to funding", OPEN,
      "2013-03-31" },
    { "March 2013, if the post is filled.", NULL, "2013-03-31", NULL, "if the post is filled", OPEN,
      "2013-03-31" },
    { "March 2013 (phase 1)", NULL, "2013-03-31", NULL, "phase 1", OPEN, "2013-03-31" },
    { "June 2013 (revised from March 2013)", NULL, "2013-06-30", NULL, "revised from March 2013",
      OPEN, "2013-06-30" },
    { "Subject to funding", NULL, NULL, NULL, "Subject to funding", OPEN, NULL },
    { "Once the new system is live", NULL, NULL, NULL, "Once the new system is live", OPEN, NULL },
    { "As and when required", NULL, NULL, NULL, "As and when required", OPEN, NULL },
    { "after March 2013", NULL, NULL, NULL, "after March 2013", OPEN, NULL },
    { "within 12 months of adoption", NULL, NULL, NULL, "within 12 months of adoption", OPEN,
      NULL },
    { "within six weeks of appointment", NULL, NULL, NULL, "within six weeks of appointment", OPEN,
      NULL },
    { "within 6 months of 1 May 2012", NULL, "2012-11-01", NULL, NULL, OPEN, "2012-11-01" },
    { "March 2012 and every two years", NULL, "2012-03-31", NULL, "every two years", OPEN, NULL },
    { "Quarterly (subject to funding)", NULL, NULL, "quarterly", "subject to funding", OPEN,
      "2012-09-30" },
    { "TBC", NULL, NULL, NULL, NULL, UNSURE, NULL },
    { "t.b.c.", NULL, NULL, NULL, NULL, UNSURE, NULL },
    { "Date to be agreed", NULL, NULL, NULL, NULL, UNSURE, NULL },
    { "March 2013 (TBC)", NULL, "2013-03-31", NULL, NULL, UNSURE, "2013-03-31" },
    { "TBC - depending on funding", NULL, NULL, NULL, "depending on funding", UNSURE, NULL },
    { "provisionally March 2013", NULL, "2013-03-31", NULL, NULL, UNSURE, "2013-03-31" },
    { "complete", NULL, NULL, NULL, NULL, DONE, NULL },
    { "Completed March 2013", NULL, "2013-03-31", NULL, NULL, DONE, NULL },
    { "Completed in March 2011", NULL, "2011-03-31", NULL, NULL, DONE, NULL },
    { "March 2011 - complete", NULL, "2011-03-31", NULL, NULL, DONE, NULL },
    { "Done (31/3/2011)", NULL, "2011-03-31", NULL, NULL, DONE, NULL },
};

/* What cannot be read, or can be read in two ways. */
static const char *const unread[] = {
    "",
    "   ",
    "ASAP",
    "As soon as possible",
    "Immediately",
    "urgent",
    "short term",
    "Medium term",
    "Bi-annually",
    "Biannual",
    "bi-weekly",
    "biennially",
    "every two years",
    "Every 4 years",
    "fortnightly",
    "daily",
    "half-termly",
    "early 2013",
    "early March 2013",
    "around March 2013",
    "March",
    "31 March",
    "by end of March",
    "Q3",
    "end of Q2",
    "Spring",
    "December or January",
    "3/12",
    "11/12",
    "12/13",
    "Q1 2012",
    "2012 Q1",
    "second half of 2012",
    "financial year 2012",
    "FY25",
    "March 31",
    "30/02/2012",
    "31/06/2012",
    "03/31/2012",
    "31 June 2012",
    "29 February 2013",
    "March and June 2012",
    "March 2012 and March 2013",
    "Dec 2011/Jan 2012",
    "2011/12 and 2012/13",
    "Spring 2012/13",
    "2013-16",
    "2012/14",
    "March 2012 / June 2013",
    "March 2013 to April 2012",
    "from April 2011 to March",
    "Year 1",
    "Phase 2",
    "next year",
    "this quarter",
    "end of the year",
    "year end",
    "by year end",
    "financial year end 2013",
    "within 12 months",
    "in 6 months",
    "not complete",
    "50% complete",
    "In place",
    "N/A",
    "-",
    "?",
    "monthly and quarterly",
    "Monthly - March",
    "March, June and September",
    "every March and June",
    "December 2010 and annually in March",
    "see action 3.2",
    "Policy Officer",
    "March 2012 March",
    "123456789012",
    "1 2 3",
    "99/99/9999",
    "Q5 2012/13",
    "Q0 2012/13",
    "H3 2012/13",
    "summer hols",
    "32 March 2012",
    "0 March 2012",
    "13/2012",
    "every",
    "by",
    "to",
    "to March",
    "TBC complete",
    "March 2012 )",
    "Reception 2012 intake",
    "2012 London Olympics",
    "1812",
    "w/c June 2012",
    "mid Q3 2012/13",
    "end of 31 March 2012",
    "each 2012",
    "before",
    "every week monthly",
};

static void check_date(struct work *work, const char *text, const char *what, struct date got,
                       const char *wanted)
{
    const char *words = got.year ? date_print(work->arena, got) : "none";
    if (strcmp(words, wanted ? wanted : "none") != 0)
        fail_msg("\"%s\": %s is %s, wanted %s", text, what, words, wanted ? wanted : "none");
}

static void check_words(const char *text, const char *what, const char *got, const char *wanted)
{
    if (strcmp(got ? got : "none", wanted ? wanted : "none") != 0)
        fail_msg("\"%s\": %s is %s, wanted %s", text, what, got ? got : "none",
                 wanted ? wanted : "none");
}

static void check_rows(const struct expected *rows, size_t count)
{
    struct work work = support_work();
    for (size_t i = 0; i < count; i++) {
        struct target_date date;
        const char *text = rows[i].text;
        target_date_read(work.arena, slice_of(text), &today, &date);
        if (!date.understood)
            fail_msg("\"%s\" is not understood", text);
        assert_string_equal(date.text, text);
        check_date(&work, text, "from", date.from, rows[i].from);
        check_date(&work, text, "due", date.due, rows[i].due);
        check_words(text, "recurrence", target_date_recurrence_code(date.recurrence),
                    rows[i].recurrence);
        check_words(text, "condition", date.condition, rows[i].condition);
        check_words(text, "status", target_date_status_code(date.status), rows[i].status);
        check_date(&work, text, "next", date.next, rows[i].next);
    }
    support_work_end(&work);
}

static void the_papers_are_read(void **state)
{
    (void)state;
    check_rows(papers, COUNT_OF(papers));
}

static void days_are_read(void **state)
{
    (void)state;
    check_rows(dates, COUNT_OF(dates));
}

static void months_are_read(void **state)
{
    (void)state;
    check_rows(months, COUNT_OF(months));
}

static void quarters_seasons_and_years_are_read(void **state)
{
    (void)state;
    check_rows(longer, COUNT_OF(longer));
}

static void ranges_are_read(void **state)
{
    (void)state;
    check_rows(ranges, COUNT_OF(ranges));
}

static void recurrences_are_read(void **state)
{
    (void)state;
    check_rows(recurring, COUNT_OF(recurring));
}

static void conditions_and_statuses_are_read(void **state)
{
    (void)state;
    check_rows(conditional, COUNT_OF(conditional));
}

static void nothing_is_guessed(void **state)
{
    (void)state;
    struct work work = support_work();
    for (size_t i = 0; i < COUNT_OF(unread); i++) {
        struct target_date date;
        target_date_read(work.arena, slice_of(unread[i]), &today, &date);
        if (date.understood)
            fail_msg("\"%s\" is understood as %s, %s, %s, %s", unread[i],
                     date.due.year ? date_print(work.arena, date.due) : "-",
                     date.recurrence ? target_date_recurrence_code(date.recurrence) : "-",
                     date.condition ? date.condition : "-", target_date_status_code(date.status));
        assert_true(slice_equal(slice_of(date.text), slice_trim(slice_of(unread[i]))));
        assert_true(date.from.year == 0 && date.due.year == 0 && date.next.year == 0);
        assert_true(date.condition == NULL && date.recurrence == TARGET_DATE_ONCE);
    }
    support_work_end(&work);
}

static struct target_date read_with(struct work *work, const char *text,
                                    struct target_date_context context)
{
    struct target_date date;
    target_date_read(work->arena, slice_of(text), &context, &date);
    return date;
}

static void adoption_gives_a_date_when_it_is_known(void **state)
{
    (void)state;
    struct work work = support_work();
    struct target_date_context context = { .adopted = { 2016, 2, 29 } };
    static const char *const scheme[] = { "within 12 months of adoption",
                                          "Within twelve months of adoption of the scheme",
                                          "12 months after adoption",
                                          "within 1 year of the adoption of this plan" };
    for (size_t i = 0; i < COUNT_OF(scheme); i++) {
        struct target_date date = read_with(&work, scheme[i], context);
        assert_true(date.understood);
        check_date(&work, scheme[i], "due", date.due, "2017-02-28");
        assert_null(date.condition);
    }
    struct target_date weeks = read_with(&work, "within 2 weeks of adoption", context);
    check_date(&work, "weeks", "due", weeks.due, "2016-03-14");
    struct target_date other = read_with(&work, "within 12 months of adoption of the new IT",
                                         context);
    assert_true(other.understood && other.due.year == 0);
    assert_string_equal(other.condition, "within 12 months of adoption of the new IT");
    support_work_end(&work);
}

static void the_reporting_year_is_the_authoritys(void **state)
{
    (void)state;
    struct work work = support_work();
    struct target_date_context calendar = { .start_month = 1, .today = { 2012, 8, 24 } };
    struct target_date_context school = { .start_month = 9, .today = { 2012, 8, 24 } };
    check_date(&work, "Q1 2012", "due", read_with(&work, "Q1 2012", calendar).due, "2012-03-31");
    check_date(&work, "Q4 2012/13", "due", read_with(&work, "Q4 2012/13", school).due,
               "2013-08-31");
    check_date(&work, "2012/13", "due", read_with(&work, "2012/13", school).due, "2013-08-31");
    check_date(&work, "Quarterly", "next", read_with(&work, "Quarterly", school).next,
               "2012-08-31");
    check_date(&work, "Bi-monthly", "next", read_with(&work, "Bi-monthly", calendar).next,
               "2012-08-31");
    struct target_date_context terms = {
        .today = { 2012, 8, 24 }, .term_ends = { { 0, 4, 5 }, { 0, 7, 20 }, { 0, 12, 21 } }
    };
    check_date(&work, "term", "due", read_with(&work, "Summer term 2013", terms).due, "2013-07-20");
    check_date(&work, "termly", "next", read_with(&work, "termly", terms).next, "2012-12-21");
    check_date(&work, "termly", "next",
               read_with(&work, "summer term 2011 then termly", terms).next, "2012-12-21");
    support_work_end(&work);
}

/* From any day on, the next due date is on or after it, and asking on that day gives it again. */
static void next_is_never_past_and_stays(void **state)
{
    (void)state;
    struct work work = support_work();
    static const char *const texts[] = {
        "weekly",
        "monthly",
        "bi-monthly",
        "quarterly",
        "termly",
        "six monthly",
        "annually",
        "every February",
        "29 February 2012 and annually",
        "31 January 2012 then monthly",
        "February 2011 then quarterly",
        "June 2012 then half-yearly",
        "w/c 4 June 2012 then weekly",
        "March and September each year",
        "Quarterly from May 2012",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct target_date date = read_with(&work, texts[i], today);
        assert_true(date.understood);
        struct date last = { 0 };
        for (int64_t day = date_days(today.today); day < date_days(today.today) + 1500; day++) {
            struct date on = date_of_days(day), next, again;
            assert_true(target_date_next(&date, &today, on, &next));
            assert_true(date_compare(next, on) >= 0);
            assert_true(target_date_next(&date, &today, next, &again));
            assert_int_equal(date_compare(next, again), 0);
            assert_true(last.year == 0 || date_compare(next, last) >= 0);
            last = next;
        }
    }
    support_work_end(&work);
}

static void what_recurs_ends_with_its_last_date(void **state)
{
    (void)state;
    struct work work = support_work();
    struct target_date date = read_with(&work, "Monthly until 15 October 2012", today);
    struct date next;
    check_date(&work, "monthly", "next", date.next, "2012-08-31");
    assert_true(target_date_next(&date, &today, (struct date){ 2012, 10, 1 }, &next));
    check_date(&work, "monthly", "last", next, "2012-10-15");
    assert_false(target_date_next(&date, &today, (struct date){ 2012, 10, 16 }, &next));
    assert_false(target_date_next(&date, &today, (struct date){ 2012, 13, 1 }, &next));
    support_work_end(&work);
}

static void long_text_is_kept(void **state)
{
    (void)state;
    struct work work = support_work();
    char text[TARGET_DATE_LENGTH * 2];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct target_date date = read_with(&work, text, today);
    assert_false(date.understood);
    assert_string_equal(date.text, text);
    /* More tokens than there is room for, but short enough. */
    for (size_t i = 0; i < TARGET_DATE_LENGTH; i++)
        text[i] = i % 2 ? ' ' : '(';
    text[TARGET_DATE_LENGTH - 1] = '\0';
    assert_false(read_with(&work, text, today).understood);
    for (size_t i = 0; i + 4 < TARGET_DATE_LENGTH; i += 4)
        memcpy(text + i, "end ", 4);
    assert_false(read_with(&work, text, today).understood);
    support_work_end(&work);
}

static void codes_are_those_of_the_model(void **state)
{
    (void)state;
    int recurrence = TARGET_DATE_WEEKLY;
    for (const struct code *code = recurrence_codes; code->value != NULL; code++)
        assert_string_equal(target_date_recurrence_code((enum target_date_recurrence)recurrence++),
                            code->value);
    assert_int_equal(recurrence, TARGET_DATE_CONTINUOUS + 1);
    assert_true(COUNT_OF(papers) + COUNT_OF(dates) + COUNT_OF(months) + COUNT_OF(longer) +
                    COUNT_OF(ranges) + COUNT_OF(recurring) + COUNT_OF(conditional) >=
                120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_papers_are_read),
        cmocka_unit_test(days_are_read),
        cmocka_unit_test(months_are_read),
        cmocka_unit_test(quarters_seasons_and_years_are_read),
        cmocka_unit_test(ranges_are_read),
        cmocka_unit_test(recurrences_are_read),
        cmocka_unit_test(conditions_and_statuses_are_read),
        cmocka_unit_test(nothing_is_guessed),
        cmocka_unit_test(adoption_gives_a_date_when_it_is_known),
        cmocka_unit_test(the_reporting_year_is_the_authoritys),
        cmocka_unit_test(next_is_never_past_and_stays),
        cmocka_unit_test(what_recurs_ends_with_its_last_date),
        cmocka_unit_test(long_text_is_kept),
        cmocka_unit_test(codes_are_those_of_the_model),
    };
    return cmocka_run_group_tests_name("model/target_date", tests, NULL, NULL);
}
