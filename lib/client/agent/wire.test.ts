/**
 * The types of the package against the schemas of the server. Each pair is assigned in both directions, so this file does not
 * compile where they differ; what is parsed shows that the samples are really of the wire.
 */
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  attestationSchema,
  cloudEventSchema,
  decisionStatusSchema,
  evaluationRequestSchema,
  evaluationResponseSchema,
  liveEventSchema,
  outcomeRequestSchema,
  outcomeResponseSchema,
  redeemResponseSchema,
  sessionRequestSchema,
  sessionResponseSchema,
  signalsResponseSchema,
} from '@/lib/contracts';
import type * as wire from './wire';

const AT = '2026-01-01T00:00:00.000Z';
const layer: wire.LayerTrust = { score: 0.5, coverage: 1, freshAt: AT, alarm: false };
const reasons: wire.Reason[] = [
  { code: 'policy.allow', text: 'It is allowed.', remedy: 'None.', source: { type: 'policy' } },
];
const approval: wire.ApprovalRef = { id: 'a', expiresAt: AT, url: 'http://localhost/a' };
const permit: wire.Permit = { token: 't', expiresAt: AT };
const trust: wire.Trust = {
  score: 0.5,
  rung: 4,
  layers: { identity: layer, behavior: layer, context: layer, outcome: layer },
};

/** Goes through the schema as an answer or a request of the type that the client believes in, and comes back as one. */
function sameAs<Schema extends z.ZodType, Sample extends z.output<Schema>>(
  schema: Schema,
  sample: Sample,
): z.output<Schema> {
  return schema.parse(sample);
}

describe('what the client believes of the wire', () => {
  it('is what the server answers', () => {
    const answered: wire.EvaluationResponse = {
      decision: true,
      context: { id: 'd', outcome: 'allow', reasons, trust, approval, permit, cacheableFor: 10 },
    };
    const evaluated: wire.EvaluationResponse = sameAs(evaluationResponseSchema, answered);
    expect(evaluated).toEqual(answered);
    const standing: wire.DecisionStatus = {
      id: 'd',
      outcome: 'require_approval',
      state: 'approved',
      reasons,
      approval,
      permit,
      question: { text: 'Why?', askedAt: AT },
      verdict: {
        reason: 'unsafe',
        comment: 'No',
        edit: { arguments: { n: 1 }, changes: [{ path: '/n', before: 2, after: 1 }] },
      },
    };
    const status: wire.DecisionStatus = sameAs(decisionStatusSchema, standing);
    expect(status).toEqual(standing);
    const opened: wire.SessionResponse = { id: 's', agent: 'a', createdAt: AT };
    const session: wire.SessionResponse = sameAs(sessionResponseSchema, opened);
    expect(session).toEqual(opened);
    const spent: wire.RedeemResponse = { id: 'd', state: 'redeemed', redeemedAt: AT };
    const redeemed: wire.RedeemResponse = sameAs(redeemResponseSchema, spent);
    expect(redeemed).toEqual(spent);
    const told: wire.OutcomeResponse = { id: 'd', recorded: true, outputTruncated: false };
    const outcome: wire.OutcomeResponse = sameAs(outcomeResponseSchema, told);
    expect(outcome).toEqual(told);
    const taken: wire.SignalsResponse = { accepted: 1, duplicates: 0 };
    const signals: wire.SignalsResponse = sameAs(signalsResponseSchema, taken);
    expect(signals).toEqual(taken);
    const signed: wire.Attestation = permit;
    const attestation: wire.Attestation = sameAs(attestationSchema, signed);
    expect(attestation).toEqual(signed);
  });

  it('is what the server announces to an agent', () => {
    const event = {
      seq: 7,
      type: 'trust.changed',
      agentId: 'a',
      subjectId: null,
      at: AT,
      trust: { score: 0.5, rung: 4 },
    } as const;
    const heard: wire.AgentEvent = sameAs(liveEventSchema, event);
    expect(heard).toEqual(event);
  });

  it('is what the server takes', () => {
    const asked: wire.Evaluation = {
      action: { name: 'note.write', properties: { arguments: { n: 1 }, draft: true } },
      resource: { type: 'note', id: 'n', properties: { owner: null } },
      context: { session: 's', endUser: 'u', case: 'c', act: { sub: 'x' }, delegationDepth: 1 },
    };
    const subject = { type: 'agent', id: 'a' };
    const evaluation: wire.Evaluation = evaluationRequestSchema.parse({ subject, ...asked });
    expect(evaluation).toEqual({ subject, ...asked });
    const opening: wire.SessionRequest = { id: 's', endUser: 'u', purpose: 'p', request: 'r' };
    const session: wire.SessionRequest = sameAs(sessionRequestSchema, { ...opening, agent: 'a' });
    expect(session).toEqual({ ...opening, agent: 'a' });
    const report: wire.OutcomeReport = {
      status: 'failed',
      error: 'e',
      output: 'o',
      metrics: { ms: 1 },
    };
    const outcome: wire.OutcomeReport = sameAs(outcomeRequestSchema, report);
    expect(outcome).toEqual(report);
    const event: wire.SignalEvent = {
      specversion: '1.0',
      id: 'e',
      source: 'me',
      type: 'belay.signal.outcome.task_failed',
      subject: 'a',
      time: AT,
      data: { magnitude: 0.5 },
    };
    const signal: wire.SignalEvent = sameAs(cloudEventSchema, event);
    expect(signal).toEqual(event);
  });
});
