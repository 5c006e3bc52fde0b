-- The person behind a key: who made it, or who made the first key of the chain that made it; nobody for a key of the command
-- line. A key never may more than this person may now. Not a foreign key: were the row of the person ever gone, the key must
-- be refused, not become one of nobody or disappear from the list.
ALTER TABLE api_keys ADD COLUMN author_person_id uuid;

WITH RECURSIVE chain AS (
  SELECT workspace_id, id, created_by AS maker FROM api_keys
  UNION
  SELECT chain.workspace_id, chain.id, k.created_by FROM chain JOIN api_keys k
    ON k.workspace_id = chain.workspace_id AND chain.maker = 'key:' || k.id
)
UPDATE api_keys k SET author_person_id = substr(chain.maker, length('person:') + 1)::uuid
FROM chain WHERE chain.workspace_id = k.workspace_id AND chain.id = k.id AND chain.maker LIKE 'person:%';

-- Where tries come from that are counted together: anywhere, a browser the person has signed in with before, or a login.
-- Strangers who guess then keep nobody out who is known.
ALTER TABLE sign_in_failures ADD COLUMN source text NOT NULL DEFAULT 'anywhere';
ALTER TABLE sign_in_failures DROP CONSTRAINT sign_in_failures_pkey, ADD PRIMARY KEY (email, source);
