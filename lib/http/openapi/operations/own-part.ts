/** Codes of the refusals of somebody who has a part in an action: `lib/services/parties/part-refusal.ts`. */
export const OWN_PART: readonly string[] = [
  'own_agent',
  'own_request',
  'own_delegation',
  'own_key',
  'own_agent_key',
];

/** Those of whoever lets an agent do more: `lib/services/agents/own-agent.ts`. */
export const OWN_AGENT: readonly string[] = ['own_agent', 'own_agent_key'];
