/**
 * The types of the package against the schemas of the server. What the server answers is assigned to the client's type, and what
 * the client sends is given to the schema, so this file does not compile where they differ.
 */
import { describe, expect, it } from 'vitest';
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
const permit = { token: 't', expiresAt: AT, session: 's', policyVersion: '3' };
const trust: wire.Trust = {
  score: 0.5,
  rung: 4,
  layers: { identity: layer, behavior: layer, context: layer, outcome: layer },
};

describe('what the client believes of the wire', () => {
  it('is what the server answers', () => {
    const answered = {
      decision: true,
      context: {
        id: 'd',
        outcome: 'allow',
        reasons,
        trust,
        approval,
        permit,
        redeemedAt: AT,
        cacheableFor: 10,
      },
    };
    const evaluated: wire.EvaluationResponse = evaluationResponseSchema.parse(answered);
    expect(answered).toMatchObject(evaluated);
    const standing = {
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
    const status: wire.DecisionStatus = decisionStatusSchema.parse(standing);
    expect(standing).toMatchObject(status);
    const opened = { id: 's', agent: 'a', createdAt: AT };
    const session: wire.SessionResponse = sessionResponseSchema.parse(opened);
    expect(session).toEqual(opened);
    const spent = { id: 'd', state: 'redeemed', redeemedAt: AT };
    const redeemed: wire.RedeemResponse = redeemResponseSchema.parse(spent);
    expect(redeemed).toEqual(spent);
    const told = { id: 'd', recorded: true, outputTruncated: false };
    const outcome: wire.OutcomeResponse = outcomeResponseSchema.parse(told);
    expect(outcome).toEqual(told);
    const taken = { accepted: 1, duplicates: 0 };
    const signals: wire.SignalsResponse = signalsResponseSchema.parse(taken);
    expect(signals).toEqual(taken);
    const signed = { token: 't', expiresAt: AT };
    const attestation: wire.Attestation = attestationSchema.parse(signed);
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
    const heard: wire.AgentEvent = liveEventSchema.parse(event);
    expect(heard).toEqual(event);
  });

  it('is what the server takes', () => {
    const asked: wire.Evaluation = {
      action: { name: 'note.write', properties: { arguments: { n: 1 }, draft: true } },
      resource: { type: 'note', id: 'n', properties: { owner: null } },
      context: {
        session: 's',
        endUser: 'u',
        case: 'c',
        act: { sub: 'x' },
        delegationDepth: 1,
        redeem: true,
      },
    };
    const subject = { type: 'agent', id: 'a' };
    const evaluation: wire.Evaluation = evaluationRequestSchema.parse({ subject, ...asked });
    expect(evaluation).toEqual({ subject, ...asked });
    const opening: wire.SessionRequest = { id: 's', endUser: 'u', purpose: 'p', request: 'r' };
    const session: wire.SessionRequest = sessionRequestSchema.parse({ ...opening, agent: 'a' });
    expect(session).toEqual({ ...opening, agent: 'a' });
    const report: wire.OutcomeReport = {
      status: 'failed',
      error: 'e',
      output: 'o',
      metrics: { ms: 1 },
    };
    const outcome: wire.OutcomeReport = outcomeRequestSchema.parse(report);
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
    const signal: wire.SignalEvent = cloudEventSchema.parse(event);
    expect(signal).toEqual(event);
  });
});
