-- When somebody last proved, in that session, who they are.

ALTER TABLE session ADD COLUMN proven_at $text;
