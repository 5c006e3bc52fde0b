-- The evidence trail and the marks of the score chart look for the few signals about text from outside among all of an agent.
-- Queries have to name the kinds as this index does (lib/services/moments/kinds.ts).
CREATE INDEX signals_outside_text ON signals (workspace_id, agent_id, at DESC)
  WHERE kind IN (
    'behavior.injection_confirmed',
    'behavior.injection_likely',
    'behavior.injection_indicator',
    'context.argument_from_third_party',
    'context.planted_orders'
  );
