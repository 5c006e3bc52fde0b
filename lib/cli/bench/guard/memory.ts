/** Belay's answers to one allowed action, without a Belay: what a client costs when everything else costs nothing. */
const layer = { score: 0.8, coverage: 1, freshAt: null, alarm: false };
const DECISION = {
  id: '019ab000-0000-7000-8000-000000000000',
  outcome: 'allow',
  reasons: [{ code: 'policy.allow', text: 'The policy allows it.' }],
  trust: {
    score: 0.8,
    rung: 4,
    layers: { identity: layer, behavior: layer, context: layer, outcome: layer },
  },
};

/** One answer a kind of request; the end of its path tells which. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  token: { access_token: 'a', token_type: 'Bearer', expires_in: 300 },
  evaluation: { decision: true, context: DECISION },
  redeem: { id: DECISION.id, state: 'redeemed', redeemedAt: '2026-01-01T00:00:00.000Z' },
  outcome: { id: DECISION.id, recorded: true, outputTruncated: false },
};

export const answerFromMemory: typeof fetch = (input) => {
  const kind = new Request(input).url.split('/').at(-1) ?? '';
  return Promise.resolve(Response.json(ANSWERS[kind]));
};
