/**
 * POST /access/v1/search/subject, /resource and /action: OpenID AuthZEN 1.0. What an evaluation would permit as things stand. A
 * search writes nothing: it is no evidence about an agent, and no permission either.
 */
import { hasPermission, requirePermission } from '@/lib/auth';
import {
  actorRef,
  anyProgram,
  ownAgent,
  requireActiveAgent,
  spokenFor,
  type AgentCaller,
  type BodyReader,
} from '@/lib/auth/agents';
import {
  actionSearchSchema,
  DomainError,
  MAX_AGENT_BODY_BYTES,
  resourceSearchSchema,
  subjectSearchSchema,
  type EvaluationRequest,
} from '@/lib/contracts';
import { isUuid } from '@/lib/db';
import { foreseeActions, type Proposal } from '@/lib/decide';
import { handle } from '@/lib/http';
import { agentOf, proposalOf } from '@/lib/http/agents/proposal';
import { takePlace } from '@/lib/http/places';
import {
  actionsOf,
  agentsOf,
  entitiesOf,
  pactNamesResources,
  toolsOf,
} from '@/lib/services/authzen/candidates';
import { searchPage, type Search } from '@/lib/services/authzen/search-page';
import { subjectPolicyOf, type SubjectPolicy } from '@/lib/services/authzen/subject-policy';

/** Candidates looked at for one page: rules cost least, an agent's whole decision more, a question over a network most. */
const MOST = { rules: 1_000, agents: 200, outside: 100 } as const;
/** Questions to a decision point outside that are under way at a time. */
const OUTSIDE_AT_ONCE = 8;

/** An agent, a gateway, and every key that may read the workspace. */
async function searcher(request: Request, body: BodyReader): Promise<AgentCaller> {
  const caller = await anyProgram(request, body);
  if (caller.kind === 'key' && !hasPermission(caller.role, 'agents.speak'))
    requirePermission(caller, 'workspace.read');
  await requireActiveAgent(caller);
  return caller;
}

interface Asked {
  readonly who: AgentCaller;
  readonly page: { token?: string | undefined; limit?: number | undefined } | undefined;
  readonly requestId: string;
  readonly now: Date;
}

export const subjectSearchHandler = handle(
  { auth: searcher, body: subjectSearchSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES },
  async ({ who, body: { page, ...question }, requestId, now }) => {
    const { type, properties } = question.subject;
    const asked = { who, page, requestId, now };
    const policy = await subjectPolicyOf(who.workspaceId);
    const agents = type === 'agent';
    if (!agents && who.kind === 'agent') throw othersHidden();
    return entityPage(type, asked, {
      kind: 'subject',
      policy,
      question,
      agents,
      candidates: agents
        ? agentsOf(who.workspaceId, ownAgent(who))
        : entitiesOf(policy.model, type),
      requestOf: (id) => ({ ...question, subject: { type, id, properties } }),
    });
  },
);

export const resourceSearchHandler = handle(
  { auth: searcher, body: resourceSearchSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES },
  async ({ who, body: { page, ...question }, requestId, now }) => {
    const { type, properties } = question.resource;
    const agents = asksAboutAgent(who, question);
    await requireNamedResources(who);
    const policy = await subjectPolicyOf(who.workspaceId);
    return entityPage(
      type,
      { who, page, requestId, now },
      {
        kind: 'resource',
        policy,
        question,
        agents,
        candidates: entitiesOf(policy.model, type),
        requestOf: (id) => ({ ...question, resource: { type, id, properties } }),
      },
    );
  },
);

export const actionSearchHandler = handle(
  { auth: searcher, body: actionSearchSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES },
  async ({ who, body: { page, ...question }, requestId, now }) => {
    const policy = await subjectPolicyOf(who.workspaceId);
    const agents = asksAboutAgent(who, question);
    const { keys, ...rest } = await run(
      { who, page, requestId, now },
      {
        kind: 'action',
        policy,
        question,
        agents,
        candidates: agents ? toolsOf(who.workspaceId) : actionsOf(policy.model),
        requestOf: (name) => ({ ...question, action: { name } }),
      },
    );
    return { results: keys.map((name) => ({ name })), ...rest };
  },
);

interface Plan extends Pick<Search, 'candidates'> {
  readonly kind: string;
  readonly policy: SubjectPolicy;
  readonly question: object;
  /** The subject is an agent, so the whole decision is foreseen. */
  readonly agents: boolean;
  readonly requestOf: (key: string) => EvaluationRequest;
}

async function entityPage(type: string, asked: Asked, plan: Plan) {
  const { keys, page } = await run(asked, plan);
  return { results: keys.map((id) => ({ type, id })), page };
}

async function run({ who, page, requestId, now }: Asked, plan: Plan) {
  const { kind, policy, question, agents, candidates, requestOf } = plan;
  const leave = takePlace('searches', `${who.workspaceId} ${actorRef(who)}`);
  try {
    const { keys, nextToken } = await searchPage({
      workspaceId: who.workspaceId,
      asker: actorRef(who),
      question: { kind, question },
      limit: page?.limit,
      token: page?.token,
      most: policy.outside ? MOST.outside : agents ? MOST.agents : MOST.rules,
      candidates,
      permitted: agents
        ? (ids) => foreseen(who, ids.map(requestOf), { requestId, now })
        : (ids) => permittedBy(policy, ids.map(requestOf)),
    });
    return { keys, page: { next_token: nextToken, count: keys.length } };
  } finally {
    leave();
  }
}

async function foreseen(
  who: AgentCaller,
  requests: readonly EvaluationRequest[],
  { requestId, now }: { requestId: string; now: Date },
): Promise<readonly boolean[]> {
  const proposals = requests.map((request): Proposal | undefined => {
    const about = agentOf(request);
    // Nobody has an agent whose id cannot be one.
    if (about === undefined || !isUuid(about.agentId)) return undefined;
    return proposalOf(who, request, { ...about, requestId });
  });
  const known = proposals.filter((proposal) => proposal !== undefined);
  const answers = await foreseeActions(who.workspaceId, known, now.getTime());
  const byProposal = new Map(known.map((proposal, index) => [proposal, answers[index]]));
  return proposals.map((proposal) => proposal !== undefined && byProposal.get(proposal) === true);
}

async function permittedBy(
  policy: SubjectPolicy,
  requests: readonly EvaluationRequest[],
): Promise<readonly boolean[]> {
  const answers: boolean[] = [];
  const atOnce = policy.outside ? OUTSIDE_AT_ONCE : requests.length;
  for (let from = 0; from < requests.length; from += atOnce) {
    const asked = requests.slice(from, from + atOnce).map((request) => policy.decide(request));
    answers.push(...(await Promise.all(asked)).map(({ decision }) => decision));
  }
  return answers;
}

/** @throws DomainError 403 `subject_mismatch` when an agent asks about anybody but itself */
function asksAboutAgent(who: AgentCaller, question: Pick<EvaluationRequest, 'subject'>): boolean {
  const about = agentOf(question);
  if (about === undefined && who.kind === 'agent') throw othersHidden();
  if (about !== undefined) spokenFor(who, about.agentId);
  return about !== undefined;
}

const othersHidden = () =>
  new DomainError(
    'forbidden',
    'subject_mismatch',
    'An agent searches for itself alone: the subject is of type "agent", or names it in "properties.act".',
  );

/**
 * What a search finds is what an evaluation would permit, and a pact that names no resources keeps none out: an agent could page
 * through everything the access model knows, people among it.
 *
 * @throws DomainError 403 `resources_not_named`
 */
async function requireNamedResources(who: AgentCaller): Promise<void> {
  if (who.kind !== 'agent' || (await pactNamesResources(who.workspaceId, who.agentId))) return;
  throw new DomainError(
    'forbidden',
    'resources_not_named',
    'An agent searches among the resources that its pact names, and this one names none. A manager can add them to the pact.',
  );
}
