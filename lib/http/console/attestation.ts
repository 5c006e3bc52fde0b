/** GET /api/v1/agents/:id/attestation: for people and programs of the workspace, and for the agent itself. */
import { apiKeyOf, consoleActor, type Actor } from '@/lib/auth';
import { anyProgram, isSigned, requireActiveAgent, type BodyReader } from '@/lib/auth/agents';
import { handle } from '@/lib/http/handler';
import { attestAgent } from '@/lib/services/agents/attest';
import { segment } from './console-handler';

async function consoleOrAgent(request: Request, body: BodyReader): Promise<Actor> {
  const authorization = request.headers.get('authorization');
  const program =
    authorization === null ? isSigned(request) : apiKeyOf(authorization) === undefined;
  if (!program) return consoleActor(request);
  const caller = await anyProgram(request, body);
  await requireActiveAgent(caller);
  return caller;
}

export const getAttestation = handle(
  { auth: consoleOrAgent },
  async ({ who, params, now, request }) => {
    const attestation = await attestAgent({ actor: who, now }, segment(params, 'id'));
    if (request.headers.get('accept') !== 'application/jwt') return attestation;
    return new Response(attestation.token, {
      headers: { 'content-type': 'application/jwt', 'cache-control': 'no-store' },
    });
  },
);
