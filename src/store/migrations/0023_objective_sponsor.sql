-- Who answers for an objective: a post, so that it outlives who holds it.

ALTER TABLE objective ADD COLUMN sponsor $integer REFERENCES post (id);
