/** The digest a permit is bound to. */
import serialize from 'canonicalize';
import type { AgentAction, AgentResource } from '../wire.js';

export interface PermittedAction {
  readonly action: AgentAction;
  readonly resource: AgentResource;
  /** The agent's id. */
  readonly agent: string;
  /** The session it was asked in; null for none. */
  readonly session: string | null;
  /** The version of the policy it was decided under. */
  readonly policyVersion: string;
}

/**
 * SHA-256 over the RFC 8785 form of tool, arguments, resource, agent, session and policy version, with a domain tag, as 64
 * hexadecimal digits: the same that Belay computes (lib/ledger/digest.ts of its source).
 *
 * @throws TypeError when a value has no canonical form
 */
export async function actionDigest(asked: PermittedAction): Promise<string> {
  const { action, resource, agent, session, policyVersion } = asked;
  const { arguments: given = {}, ...others } = action.properties ?? {};
  const { type, id, properties } = resource;
  const text = serialize({
    domain: 'belay.action.v1',
    tool: action.name,
    // Every property of an action counts, as in the answer of Belay.
    arguments: { ...others, ...given },
    resource: { type, id, ...(properties === undefined ? {} : { properties }) },
    agent,
    session,
    policyVersion,
  });
  if (text === undefined) throw new TypeError('The action has no canonical form.');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
