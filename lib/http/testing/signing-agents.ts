/** Agents that hold their keys and sign in as programs do, through the handlers. */
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { CLIENT_ASSERTION_TYPE, GRANT_TYPES, publicJwkSchema, TOKEN_TYPES } from '@/lib/contracts';
import { newId } from '@/lib/db';
import { evaluationHandler } from '@/lib/http/agents/evaluation';
import { tokenHandler } from '@/lib/http/agents/token';
import { createOverride } from '@/lib/services/overrides/create';
import { makeAgent, nobody, type TestWorkspace } from '@/lib/services/testing/fixture';
import type { Evaluated } from './fleet';

export const ORIGIN = 'http://localhost:3000';
const DAY_MS = 86_400_000;
const params = { params: Promise.resolve({}) };

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string | number>>;
}

/** Sends a form to the token endpoint. */
export async function askToken(form: Readonly<Record<string, string>>): Promise<TokenAnswer> {
  const response = await tokenHandler(
    new Request(`${ORIGIN}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) }),
    params,
  );
  return { status: response.status, body: (await response.json()) as TokenAnswer['body'] };
}

export const seconds = () => Math.floor(Date.now() / 1000);

/** An agent with its key. */
export class SigningAgent {
  constructor(
    readonly id: string,
    readonly key: CryptoKey,
    readonly publicJwk: Readonly<Record<string, unknown>>,
  ) {}

  assertion(
    claims: Record<string, unknown> = {},
    { key = this.key, header = {} }: { key?: CryptoKey; header?: Record<string, unknown> } = {},
  ): Promise<string> {
    return new SignJWT({
      iss: this.id,
      sub: this.id,
      aud: `${ORIGIN}/oauth/token`,
      jti: newId(),
      iat: seconds(),
      exp: seconds() + 60,
      ...claims,
    })
      .setProtectedHeader({ alg: 'EdDSA', ...header })
      .sign(key);
  }

  private async client() {
    return {
      client_assertion_type: CLIENT_ASSERTION_TYPE,
      client_assertion: await this.assertion(),
    };
  }

  async ask(form: Readonly<Record<string, string>> = {}): Promise<TokenAnswer> {
    return askToken({
      grant_type: GRANT_TYPES.clientCredentials,
      ...(await this.client()),
      ...form,
    });
  }

  /** A token of its own. */
  async token(form: Readonly<Record<string, string>> = {}): Promise<string> {
    const { body } = await this.ask(form);
    if (typeof body['access_token'] !== 'string') throw new Error(JSON.stringify(body));
    return body['access_token'];
  }

  /** Asks to act for whomever the subject token stands for. */
  async exchange(
    subjectToken: string,
    form: Readonly<Record<string, string>> = {},
  ): Promise<TokenAnswer> {
    return askToken({
      grant_type: GRANT_TYPES.tokenExchange,
      ...(await this.client()),
      subject_token: subjectToken,
      subject_token_type: TOKEN_TYPES.accessToken,
      ...form,
    });
  }

  /** @throws when it is refused */
  async actFor(subjectToken: string, form: Readonly<Record<string, string>> = {}) {
    const { body } = await this.exchange(subjectToken, form);
    if (typeof body['access_token'] !== 'string') throw new Error(JSON.stringify(body));
    return body['access_token'];
  }

  /** What it is told when it asks for a tool with a token. */
  async evaluate(token: string, tool: string, context: Record<string, unknown> = {}) {
    const response = await evaluationHandler(
      new Request(`${ORIGIN}/access/v1/evaluation`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(this.asking(tool, context)),
      }),
      params,
    );
    return {
      status: response.status,
      body: (await response.json()) as Evaluated & { code?: string },
    };
  }

  asking(tool: string, context: Record<string, unknown> = {}) {
    return {
      subject: { type: 'agent', id: this.id },
      action: { name: tool, properties: { arguments: { n: 1 } } },
      resource: { type: 'note', id: 'n-1' },
      context,
    };
  }

  /** `allow`, or the code of the first reason, or of the refusal. */
  async may(token: string, tool: string): Promise<string> {
    const { body } = await this.evaluate(token, tool);
    if (body.code !== undefined) return body.code;
    return body.decision ? 'allow' : (body.context.reasons[0]?.code ?? body.context.outcome);
  }
}

/** Registers an agent with a key that the test holds, pinned to a rung so that a test is not about what it has earned. */
export async function makeSigningAgent(
  workspace: TestWorkspace,
  { rung = 4, ...changes }: Parameters<typeof makeAgent>[1] & { rung?: number } = {},
): Promise<SigningAgent> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', {
    crv: 'Ed25519',
    extractable: true,
  });
  const jwk = publicJwkSchema.parse(await exportJWK(publicKey));
  const { id } = await makeAgent(workspace, { ...changes, publicKey: jwk });
  await pinRung(workspace, id, rung);
  return new SigningAgent(id, privateKey, jwk);
}

export async function pinRung(workspace: TestWorkspace, agentId: string, rung: number) {
  const until = new Date(Date.now() + 20 * DAY_MS).toISOString();
  await createOverride(nobody(workspace), agentId, {
    rung: rung,
    until,
    reason: 'For a test',
  });
}
