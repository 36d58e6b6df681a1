/* What a page says was done, after the form that did it. */
#ifndef WEB_CONFIRMATION_H
#define WEB_CONFIRMATION_H

/* The words of a code, such as "signed-out", which stands in the address as `done`; NULL when there
 * is none. Only words of this table are ever shown, whatever an address says. */
const char *confirmation_words(const char *code);

#endif
