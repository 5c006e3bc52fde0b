/** What tests of access requests begin with: an agent that asks, a gateway's key, receivers outside, and the calls of the profile. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { AccessTaskAnswer, EvaluationResponse, Problem } from '@/lib/contracts';
import { issuer } from '@/lib/auth/agents';
import { foldDueVerdicts } from '@/lib/decide';
import { sql } from '@/lib/db';
import { evaluationHandler } from '@/lib/http/agents/evaluation';
import type { Handler } from '@/lib/http/handler';
import { accessRequestHandler, accessTaskHandler } from '@/lib/http/access/requests';
import { getApproval } from '@/lib/services/approvals/get';
import { startOutside, type Outside } from '@/lib/services/messages/testing/outside';
import { makeKeyContext } from '@/lib/services/testing/fixture';

interface Sent<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}
interface Options {
  readonly id?: string;
  readonly withKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const action = (amount = 100) => ({
  action: { name: 'crm.update', properties: { arguments: { field: 'discount', amount } } },
  resource: { type: 'customer', id: 'c-1' },
});
/** A problem type of the profile. */
export const error = (code: string) => `urn:openid:authzen:access-request:error:${code}`;
export const denialOf = ({ context }: EvaluationResponse) => ({
  evaluation_id: context.evaluation_id,
  reason: context.reason,
  expires_at: context.access_request?.expires_at,
  template: context.access_request?.template,
});

/** Every test of a file begins with a new workspace. @param begin is given what asks there, before each */
export function askingEachTime(begin: (asking: Asking) => void): void {
  let asking: Asking;
  beforeAll(async () => {
    asking = new Asking(await startOutside());
  });
  afterAll(() => asking.outside.stop());
  beforeEach(async () => {
    await asking.renew();
    begin(asking);
  });
}

export class Asking {
  key = '';

  constructor(readonly outside: Outside) {}

  /** A new workspace with an agent whose writes wait for a person. */
  async renew(): Promise<void> {
    await this.outside.renew();
    this.key = (await makeKeyContext(this.outside.workspace, 'gateway')).key;
  }

  async send<Body>(
    handler: Handler,
    body?: unknown,
    { id, withKey = this.key, headers }: Options = {},
  ): Promise<Sent<Body>> {
    const request = new Request(`${issuer()}/access/v1/requests`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${withKey}`,
        'content-type': 'application/json',
        'x-request-id': 'r-1',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const params = Promise.resolve(id === undefined ? {} : { id });
    const response = await handler(request, { params });
    expect(response.headers.get('x-request-id')).toBe('r-1');
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Body,
    };
  }

  async evaluate(request: object): Promise<EvaluationResponse> {
    return (await this.send<EvaluationResponse>(evaluationHandler, request)).body;
  }

  submit(request: object, options: Options = {}) {
    return this.send<AccessTaskAnswer & Problem>(accessRequestHandler, request, options);
  }

  readTask(id: string, withKey = this.key) {
    return this.send<AccessTaskAnswer & Problem>(accessTaskHandler, undefined, { id, withKey });
  }

  /** What the agent asks, unless told otherwise. */
  asAgent(changes: object = {}) {
    return { subject: { type: 'agent', id: this.outside.agentId }, ...action(), ...changes };
  }

  /** How many approvals there are. */
  async waiting(): Promise<number | undefined> {
    const [row] = await sql<{ n: number }>(
      'SELECT count(*)::int AS n FROM approvals WHERE workspace_id = $1',
      [this.outside.workspace.id],
    );
    return row?.n;
  }

  /** An evaluation that is denied, and the task that was asked for. */
  async asked() {
    const denied = await this.evaluate(this.asAgent());
    const { body } = await this.submit({ ...this.asAgent(), denial: denialOf(denied) });
    const approvalId = denied.context.approval?.id ?? '';
    const { digest } = await getApproval(this.outside.workspace.as('reviewer'), approvalId);
    return { denied, task: body.task, approvalId, digest };
  }

  /** Verdicts that can be taken back count from now on. */
  settle(): Promise<unknown> {
    return foldDueVerdicts(Date.now() + 60_000);
  }
}
