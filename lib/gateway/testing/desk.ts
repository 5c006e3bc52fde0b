/** What tests of the gateway begin with: a Belay, a workspace with agents, and gateways and clients of both generations. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Client,
  InMemoryTransport,
  StreamableHTTPClientTransport,
  type ClientOptions,
} from '@modelcontextprotocol/client';
import { toolConfirmationSchema, type ToolInput } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { changeEnvironment } from '@/lib/env';
import { startPlane, type Plane } from '@/lib/http/plane/server';
import {
  makeAskingAgent,
  makeKeyContext,
  makeTrustedAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from '@/lib/services/approvals/approve';
import { confirmTool } from '@/lib/services/upstreams/confirm';
import { listImports } from '@/lib/services/upstreams/list';
import { gatewaySchema, type GatewayConfig } from '../config/schema';
import { startGateway, type Gateway } from '../gateway';

const ODD_SERVER = fileURLToPath(new URL('./odd-server.mjs', import.meta.url));

export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'belay-gateway-'));
  readonly said: string[] = [];
  #ends: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly workspace: TestWorkspace,
    readonly key: string,
    readonly url: string,
    /** On rung 4: acts alone where a tool is harmless. */
    readonly trusted: string,
    /** On rung 3: what it writes waits for a person. */
    readonly asking: string,
    private readonly plane: Plane,
  ) {}

  static async open(): Promise<Desk> {
    const plane: Plane = await startPlane(0);
    const url = `http://localhost:${plane.port}`;
    changeEnvironment({ BELAY_PLANE_URL: url });
    const workspace = await makeWorkspace();
    const { key } = await makeKeyContext(workspace, 'gateway');
    const trusted = (await makeTrustedAgent(workspace, { name: 'Trusted' })).id;
    const asking = (await makeAskingAgent(workspace, { name: 'Asking' })).id;
    return new Desk(workspace, key, url, trusted, asking, plane);
  }

  get log(): string {
    try {
      return readFileSync(join(this.folder, 'log'), 'utf8');
    } catch {
      return '';
    }
  }

  /** The configuration of a gateway before the odd server. */
  config(
    agent: string,
    changes: Record<string, unknown> = {},
    odd: Record<string, unknown> = {},
  ): GatewayConfig {
    return gatewaySchema.parse({
      belay: { url: this.url, key: { env: 'BELAY_KEY' } },
      serve: { stdio: { agent } },
      waiting: { seconds: 20 },
      tools: { recheckSeconds: 0 },
      upstreams: {
        odd: {
          command: process.execPath,
          args: [ODD_SERVER],
          env: { ODD_LOG: join(this.folder, 'log') },
          timeoutSeconds: 20,
          ...odd,
        },
      },
      ...changes,
    });
  }

  async gateway(config: GatewayConfig, transport?: InMemoryTransport): Promise<Gateway> {
    const say = (sentence: string) => void this.said.push(sentence);
    const gateway = await startGateway({
      config,
      key: this.key,
      say,
      ...(transport === undefined ? {} : { transport }),
    });
    this.#ends.push(() => gateway.close());
    return gateway;
  }

  /** A client that talks to a gateway of its own, as a desktop program does. */
  async client(config: GatewayConfig, options: ClientOptions = {}): Promise<Client> {
    const [mine, its] = InMemoryTransport.createLinkedPair();
    await this.gateway(config, its);
    const client = new Client({ name: 'test', version: '1' }, options);
    await client.connect(mine);
    this.#ends.push(() => client.close());
    return client;
  }

  /** A client over HTTP. @param headers what its user configured */
  async httpClient(
    url: string,
    headers: Record<string, string>,
    options: ClientOptions = {},
  ): Promise<Client> {
    const client = new Client({ name: 'test', version: '1' }, options);
    await client.connect(
      new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
    );
    this.#ends.push(() => client.close());
    return client;
  }

  /** A person confirms a tool as what the test says it is, once the gateway has brought it. */
  async confirm(name: string, facts: Partial<ToolInput> = {}): Promise<void> {
    const seen = await until(async () =>
      (await listImports(this.workspace.as('viewer'))).items.find((item) => item.name === name),
    );
    await confirmTool(
      this.workspace.as('manager'),
      toolConfirmationSchema.parse({
        name,
        digest: seen.seen.digest,
        sideEffect: 'none',
        reversible: true,
        egress: false,
        dataClass: 'internal',
        untrustedOutput: false,
        risk: 'low',
        ...facts,
      }),
    );
  }

  /** The approval that waits for a call of a tool. */
  waiting(tool: string): Promise<{ id: string; digest: string; decisionId: string }> {
    return until(async () => {
      const [row] = await sql<{ id: string; digest: string; decisionId: string }>(
        `SELECT a.id, a.digest, a.decision_id AS "decisionId" FROM approvals a
         JOIN decisions d ON d.workspace_id = a.workspace_id AND d.id = a.decision_id
         WHERE a.workspace_id = $1 AND a.state = 'pending' AND d.tool = $2 ORDER BY a.id DESC LIMIT 1`,
        [this.workspace.id, tool],
      );
      return row;
    });
  }

  async approve(tool: string, edits?: Record<string, string>): Promise<void> {
    const { id, digest } = await this.waiting(tool);
    await approveAction(this.workspace.as('reviewer'), id, {
      digest,
      ...(edits === undefined ? {} : { edits }),
    });
  }

  /** Ends the gateways and clients of a test. */
  async endClients(): Promise<void> {
    const ends = this.#ends.reverse();
    this.#ends = [];
    for (const end of ends) await end();
  }

  async close(): Promise<void> {
    await this.endClients();
    await this.plane.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Looks until there is something. The test's own time limit ends it. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const textOf = (result: { content?: unknown }): string =>
  (result.content as { text?: string }[]).map(({ text }) => text ?? '').join('\n');
