/** Codes of the refusals of somebody who has a part in an action: `lib/services/parties/part-refusal.ts`. */
export const OWN_PART: readonly string[] = [
  'own_agent',
  'own_request',
  'own_delegation',
  'own_key',
  'own_agent_key',
];
