/** POST /api/v1/intake/caep: Security Event Tokens, pushed (RFC 8935). */
import { actorRef } from '@/lib/auth';
import type { Problem } from '@/lib/contracts';
import { handle, readText, requireContentType } from '@/lib/http';
import type { Handler } from '@/lib/http/handler';
import { takePlace } from '@/lib/http/places';
import { recordSecurityEvent } from '@/lib/services/intake/caep';
import { keyCaller } from './key-caller';

const MAX_TOKEN_BYTES = 32 * 1024;

/** The names RFC 8935, section 2.4, has for what is wrong; `invalid_request` for everything else. */
const ERRORS: Readonly<Record<string, string>> = {
  set_issuer: 'invalid_issuer',
  set_audience: 'invalid_audience',
  set_key: 'invalid_key',
  set_signature: 'authentication_failed',
  forbidden: 'access_denied',
  invalid_key: 'authentication_failed',
  token_missing: 'authentication_failed',
  invalid_token: 'authentication_failed',
};

const take = handle(
  { auth: keyCaller, maxBodyBytes: MAX_TOKEN_BYTES },
  async ({ who, request, now }) => {
    const leave = takePlace('intakes', `${who.workspaceId} ${actorRef(who)}`);
    try {
      requireContentType(request, /^application\/secevent\+jwt$/i, 'application/secevent+jwt');
      const token = await readText(request, MAX_TOKEN_BYTES);
      await recordSecurityEvent({ actor: who, now: now.getTime() }, token.trim());
      return new Response(null, { status: 202, headers: { 'cache-control': 'no-store' } });
    } finally {
      leave();
    }
  },
);

/** Answers an error in the words of the RFC; the problem's own stay beside them. */
export const caepHandler: Handler = async (request, context) => {
  const response = await take(request, context);
  if (response.status < 400) return response;
  const problem = (await response.json()) as Problem;
  const { code, detail } = problem;
  const error = Object.hasOwn(ERRORS, code) ? ERRORS[code] : 'invalid_request';
  const headers = new Headers(response.headers);
  headers.set('content-type', 'application/json');
  headers.delete('content-length');
  return new Response(JSON.stringify({ ...problem, err: error, description: detail }), {
    status: response.status,
    headers,
  });
};
