/** One key factory a feature. Every key begins with the workspace's slug, then the feature: live updates invalidate by that prefix. */
import type { QueryValues } from './api';

export const FEATURES = [
  'overview',
  'agents',
  'agent',
  'approvals',
  'approval',
  'pending',
  'reviewing',
  'decisions',
  'sessions',
  'switches',
  'incidents',
  'ladders',
  'responses',
  'policies',
  'tools',
  'ledger',
  'people',
  'api-keys',
  'workspace',
  'outside',
  'you',
  'messages',
] as const;
export type Feature = (typeof FEATURES)[number];

export const featureKey = (workspace: string, feature: Feature) => [workspace, feature] as const;

const listKey =
  (feature: Feature) =>
  (workspace: string, query: QueryValues = {}) =>
    [workspace, feature, query] as const;

export const overviewKeys = { all: (ws: string) => [ws, 'overview'] as const };

export const agentKeys = {
  list: listKey('agents'),
  /** Everything about one agent begins with this. */
  one: (ws: string, id: string) => [ws, 'agent', id] as const,
  detail: (ws: string, id: string) => [ws, 'agent', id, 'detail'] as const,
  history: (ws: string, id: string, range: QueryValues) =>
    [ws, 'agent', id, 'history', range] as const,
  explain: (ws: string, id: string, at: string) => [ws, 'agent', id, 'explain', at] as const,
  decisions: (ws: string, id: string, query: QueryValues = {}) =>
    [ws, 'agent', id, 'decisions', query] as const,
  sessions: (ws: string, id: string) => [ws, 'agent', id, 'sessions'] as const,
  moments: (ws: string, id: string, query: QueryValues = {}) =>
    [ws, 'agent', id, 'moments', query] as const,
  moment: (ws: string, id: string, moment: string) => [ws, 'agent', id, 'moment', moment] as const,
};

export const approvalKeys = {
  list: listKey('approvals'),
  /** Everything about one approval begins with this. */
  detail: (ws: string, id: string) => [ws, 'approval', id] as const,
  comments: (ws: string, id: string) => [ws, 'approval', id, 'comments'] as const,
  /** How many wait, for the navigation. */
  pending: (ws: string) => [ws, 'pending'] as const,
  /** In all workspaces of the person, this one among them. */
  waiting: (ws: string) => [ws, 'pending', 'everywhere'] as const,
};

export const reviewingKeys = {
  feedback: (ws: string, decisionId: string) => [ws, 'reviewing', 'feedback', decisionId] as const,
  samples: (ws: string, state: string) => [ws, 'reviewing', 'samples', state] as const,
  mine: (ws: string, days: number) => [ws, 'reviewing', 'mine', days] as const,
  trend: (ws: string) => [ws, 'reviewing', 'trend'] as const,
  settings: (ws: string) => [ws, 'reviewing', 'settings'] as const,
  /** Read anew after each verdict: `done` is how many this page has sent. */
  load: (ws: string, done: number) => [ws, 'reviewing', 'load', done] as const,
  sample: (ws: string, id: string) => [ws, 'reviewing', 'sample', id] as const,
};

export const switchKeys = {
  list: listKey('switches'),
  impact: (ws: string, scope: QueryValues) => [ws, 'switches', 'impact', scope] as const,
};

export const incidentKeys = {
  list: listKey('incidents'),
  one: (ws: string, id: string) => [ws, 'incidents', 'one', id] as const,
};
export const ladderKeys = { list: listKey('ladders') };
export const responseKeys = { list: listKey('responses') };
export const policyKeys = { list: listKey('policies') };
export const toolKeys = { list: listKey('tools') };
export const ledgerKeys = { list: listKey('ledger') };
export const peopleKeys = { list: listKey('people') };
export const apiKeyKeys = { list: listKey('api-keys') };
/** Below the API keys: what gateways open. */
export const secretsKey = (ws: string) => [ws, 'api-keys', 'secrets'] as const;
/** What is one's own: passkeys, and how one hears of things. */
export const yourKeys = { one: (ws: string, name: string) => [ws, 'you', name] as const };
export const messageKeys = { one: (ws: string, name: string) => [ws, 'messages', name] as const };
export const outsideKeys = {
  one: (ws: string, name: string) => [ws, 'outside', name] as const,
};
/** Whose identities and whose evidence are believed: below the workspace, whose changes they are. */
export const connectionKeys = {
  one: (ws: string, name: string) => [ws, 'workspace', 'connections', name] as const,
};
export const verdictSettingsKey = (ws: string) => [ws, 'workspace', 'verdicts'] as const;
/** Below the agents, whose changes they are. */
export const grantsKey = (ws: string) => [ws, 'agents', 'grants'] as const;
