/** GET /api/v1/agents/:id/attestation: for people and programs of the workspace, and for the agent itself. */
import { attestationQuerySchema } from '@/lib/contracts';
import { consoleOrAgent } from '@/lib/http/console-or-agent';
import { handle } from '@/lib/http/handler';
import { attestAgent } from '@/lib/services/agents/attest';
import { segment } from './console-handler';

export const getAttestation = handle(
  { auth: consoleOrAgent, query: attestationQuerySchema },
  async ({ who, params, query, now, request }) => {
    const attestation = await attestAgent({ actor: who, now }, segment(params, 'id'), query);
    if (request.headers.get('accept') !== 'application/jwt') return attestation;
    return new Response(attestation.token, {
      headers: { 'content-type': 'application/jwt', 'cache-control': 'no-store' },
    });
  },
);
