/* Prints the statements that the progress report runs, one after another, for the benchmark that
 * gives them to the sqlite3 shell. */
#include <stdio.h>

#include "store/progress_store.h"

int main(void)
{
    for (const char *const *sql = progress_statements; *sql; sql++)
        printf("%s\n;;\n", *sql);
    return 0;
}
