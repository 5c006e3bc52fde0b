/** The fixture of AuthZEN's certification scenario on a plane, and requests over HTTP as its harness sends them. */
import { expect } from 'vitest';
import { changeEnvironment } from '@/lib/env';
import { startPlane, type Plane } from '@/lib/http/plane/server';
import { seedCertification } from '@/lib/services/authzen/seed-certification';

export type Body = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export class Certified {
  private constructor(
    private readonly plane: Plane,
    readonly url: string,
    readonly key: string,
  ) {}

  static async start(): Promise<Certified> {
    const plane = await startPlane(0);
    const url = `http://localhost:${plane.port}`;
    changeEnvironment({ BELAY_URL: url });
    return new Certified(plane, url, await seedCertification(new Date()));
  }

  stop(): Promise<void> {
    return this.plane.close();
  }

  async send(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/access/v1/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Body,
    };
  }

  async ok(path: string, body: unknown): Promise<Body> {
    const answer = await this.send(path, body);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    return answer.body;
  }
}

export const user = (id: string, properties?: Body) => ({ type: 'user', id, ...said(properties) });
export const record = (id: string, properties?: Body) => ({
  ...user(id, properties),
  type: 'record',
});
export const action = (name: string, properties?: Body) => ({ name, ...said(properties) });
const said = (properties?: Body) => (properties === undefined ? {} : { properties });

export const alice = user('alice');
export const bob = user('bob');
export const admin = user('bob', { role: 'admin' });
export const archived = record('record-2', { status: 'archived' });
export const active = record('record-1', { status: 'active' });
export const READ = { subject: alice, action: action('read'), resource: record('record-1') };
