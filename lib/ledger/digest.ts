import { hash } from 'node:crypto';
import { canonicalText } from './canonical';

/** SHA-256 as 64 lower-case hexadecimal digits. Text counts as its UTF-8 bytes. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex');
}

/** Everything an approval covers. One changed byte in any of it is another action. */
export interface ActionFacts {
  readonly tool: string;
  readonly arguments: unknown;
  readonly resource: unknown;
  readonly agent: string;
  readonly session: string | null;
  readonly policyVersion: string;
}

/**
 * The digest an approval and a permit are bound to: SHA-256 over the RFC 8785 form of the six facts, with a domain tag.
 * @throws NotCanonical when an argument has no canonical form
 */
export function actionDigest(action: ActionFacts): string {
  return sha256Hex(
    canonicalText({
      domain: 'belay.action.v1',
      tool: action.tool,
      arguments: action.arguments,
      resource: action.resource,
      agent: action.agent,
      session: action.session,
      policyVersion: action.policyVersion,
    }),
  );
}
