/* What a supervisor such as systemd is told of the server: that it is ready, reads its settings
 * anew, or stops (sd_notify(3)). */
#ifndef WEB_SUPERVISOR_H
#define WEB_SUPERVISOR_H

/* Sends words such as "READY=1" to the socket that NOTIFY_SOCKET names; nothing when it names none.
 * That they did not arrive is no failure of the server. */
void supervisor_tell(const char *words);

#endif
