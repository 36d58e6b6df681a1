/* What a reader is told when there is no page. */
#ifndef WEB_FAILURE_H
#define WEB_FAILURE_H

struct failure {
    int status; /* HTTP */
    const char *title, *message;
};

/* The row of that HTTP status; that of 500 for one that has none. */
const struct failure *failure_of(int status);

#endif
