-- E-mails: who is told how often, and the queue of what is to be sent.

CREATE TABLE digest_choice (
    id $id,
    account $integer NOT NULL REFERENCES account (id),
    frequency $text NOT NULL,
    last_made_on $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (account)
) $strict;

CREATE TABLE message (
    id $id,
    account $integer NOT NULL REFERENCES account (id),
    recipient $text NOT NULL,
    subject $text NOT NULL,
    plain $text NOT NULL,
    html $text NOT NULL,
    state $text NOT NULL,
    attempts $integer NOT NULL,
    next_attempt_at $text,
    last_error $text,
    created_at $text NOT NULL,
    sent_at $text,
    event $integer REFERENCES audit_event (id)
) $strict;
CREATE INDEX message_state ON message (state, next_attempt_at);
