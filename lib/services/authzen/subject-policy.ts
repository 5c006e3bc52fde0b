/**
 * Who decides for subjects that are no agents: the decision point outside, where the workspace names one, else its access model.
 * No trust and no approval is asked, and nothing is written down.
 */
import type { SubjectAnswer } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { basePolicyOf } from '@/lib/decide';
import {
  compileAccessModel,
  decideAccess,
  type AccessAnswer,
  type AccessQuestion,
  type CompiledAccess,
} from '@/lib/policy/access';
import { readModel } from './model-rows';

export interface SubjectPolicy {
  readonly decide: (question: AccessQuestion) => Promise<SubjectAnswer>;
  /** What searches go through; also where somebody outside decides. */
  readonly model: CompiledAccess | undefined;
  /** Each question goes over a network. */
  readonly outside: boolean;
}

/** Of one workspace and version of its base policy, whose model never changes. */
interface Held {
  readonly version: number;
  readonly model: CompiledAccess | undefined;
}
const MOST_HELD = 64;
const held = new Map<string, Held>();

/** What is in force now, in every process. */
export async function subjectPolicyOf(workspaceId: string): Promise<SubjectPolicy> {
  const { version, policy } = await basePolicyOf(sql, workspaceId);
  const model = await modelOf(workspaceId, version);
  if (policy !== undefined)
    return {
      model,
      outside: true,
      decide: async (question) => {
        const { outcome, reasons } = await policy.decideAccess(question);
        return answerOf({ permitted: outcome === 'allow', reasons });
      },
    };
  const decide = (question: AccessQuestion) =>
    answerOf(model === undefined ? NOBODY_DECIDES : decideAccess(model, question));
  return { model, outside: false, decide: (question) => Promise.resolve(decide(question)) };
}

async function modelOf(workspaceId: string, version: number): Promise<CompiledAccess | undefined> {
  const known = held.get(workspaceId);
  if (known?.version === version) return known.model;
  const row = await readModel(sql, workspaceId, version);
  const model = row === undefined ? undefined : compileAccessModel(row);
  held.delete(workspaceId);
  held.set(workspaceId, { version, model });
  const [oldest] = held.keys();
  if (held.size > MOST_HELD && oldest !== undefined) held.delete(oldest);
  return model;
}

const NOBODY_DECIDES: AccessAnswer = {
  permitted: false,
  reasons: [
    {
      code: 'subject.no_base_policy',
      text: 'Belay decides for agents, and this workspace has no base policy for anybody else.',
      remedy: 'An admin names a decision point, or writes an access model.',
    },
  ],
};

/** Without a word beside the decision when there is nothing to say. */
function answerOf({ permitted, reasons }: AccessAnswer): SubjectAnswer {
  if (permitted || reasons.length === 0) return { decision: permitted };
  return {
    decision: false,
    context: {
      reasons: reasons.map(({ source, ...reason }) => ({
        ...reason,
        ...(source === undefined ? {} : { source: { ...source } }),
      })),
    },
  };
}
