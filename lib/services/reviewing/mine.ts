import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import { DomainError, type MyReviewing, type reviewingQuerySchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { CONTRADICTED_BY, figuresOf, OF_PERSON, valuesOf, type FiguresWindow } from './figures';
import { GIVEN_VERDICTS } from './given-verdicts';
import { readWeight } from './measure';
import { LEAST_EVIDENCE } from './weight';

const DAY_MS = 86_400_000;
const MOST_CONTRADICTIONS = 20;

type Contradiction = Omit<MyReviewing['contradictions'][number], 'decidedAt'> & {
  readonly decidedAt: Date;
};

/** The figures of whoever asks, and of nobody else. @throws DomainError `forbidden`, `no_person` for a program */
export async function getMyReviewing(
  { actor, now }: ServiceContext,
  { days }: z.infer<typeof reviewingQuerySchema>,
): Promise<MyReviewing> {
  requirePermission(actor, 'approvals.decide');
  if (actor.kind !== 'person')
    throw new DomainError(
      'forbidden',
      'no_person',
      'These figures are about people. A program has none.',
    );
  const { workspaceId, personId } = actor;
  const to = new Date(now.getTime() + 1);
  const from = new Date(now.getTime() - days * DAY_MS);
  const window = { workspaceId, personId, from, to };
  const earlier = {
    workspaceId,
    personId,
    from: new Date(from.getTime() - days * DAY_MS),
    to: from,
  };
  const [figures, before, weight, contradictions] = await Promise.all([
    figuresOf(sql, window),
    figuresOf(sql, earlier),
    readWeight(sql, workspaceId, personId),
    selectContradictions(window),
  ]);
  return {
    days,
    now: figures,
    before,
    weight: {
      value: weight.weight,
      good: weight.good,
      bad: weight.bad,
      minimum: LEAST_EVIDENCE,
    },
    contradictions,
  };
}

async function selectContradictions(window: FiguresWindow): Promise<MyReviewing['contradictions']> {
  const rows = await sql<Contradiction>(
    `SELECT * FROM (SELECT v.id AS "approvalId", a.name AS "agentName", v.tool, v.risk, v.outcome, v.at AS "decidedAt",
         ${CONTRADICTED_BY} AS by
       FROM (${GIVEN_VERDICTS}) v JOIN agents a ON a.workspace_id = v.workspace_id AND a.id = v.agent_id
       WHERE v.workspace_id = $1 AND ${OF_PERSON} AND v.at >= $3 AND v.at < $4) told
     WHERE told.by IS NOT NULL ORDER BY told."decidedAt" DESC LIMIT ${MOST_CONTRADICTIONS}`,
    valuesOf(window),
  );
  return rows.map((row) => ({ ...row, decidedAt: iso(row.decidedAt) }));
}
