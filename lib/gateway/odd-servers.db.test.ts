import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { putSecret } from '@/lib/services/secrets/secrets';
import { Desk, textOf, until } from './testing/desk';

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
  const client = await desk.client(desk.config(desk.trusted));
  for (const name of ['echo', 'hang', 'die', 'huge', 'garbage', 'secret', 'change'])
    await desk.confirm(`odd.${name}`);
  await client.close();
  await desk.endClients();
});
// Gateways before servers of one name have to agree on what it says.
afterEach(() => desk.endClients());
afterAll(() => desk.close());

const listed = async (client: Awaited<ReturnType<Desk['client']>>) =>
  (await client.listTools()).tools.map(({ name }) => name);

describe('a server that misbehaves', () => {
  const ask = async (name: string, odd: Record<string, unknown> = {}) => {
    const client = await desk.client(desk.config(desk.trusted, {}, odd));
    await until(async () => (await listed(client)).includes(name));
    const result = await client.callTool({ name, arguments: {} });
    // Whatever it did, the next call is answered by it again.
    const again = await until(async () => {
      const next = await client.callTool({ name: 'odd.echo', arguments: { n: 1 } });
      return next.isError === true ? undefined : next;
    });
    expect(textOf(again)).toBe('echo {"n":1}');
    return result;
  };

  it('and dies in the middle of a call is an error and starts again', async () => {
    const result = await ask('odd.die');
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('did not answer');
  });

  it('and says 100 MB is cut off', async () => {
    expect((await ask('odd.huge')).isError).toBe(true);
  });

  it('and says something else is not heard', async () => {
    expect(textOf(await ask('odd.garbage'))).toBe('after garbage');
  });

  it('and hangs is given up', async () => {
    const result = await ask('odd.hang', { timeoutSeconds: 0.3 });
    expect(result.isError).toBe(true);
  });

  it('and names tools twice or oddly offers none of those', async () => {
    const client = await desk.client(desk.config(desk.trusted));
    await until(async () => (await listed(client)).includes('odd.echo'));
    const names = await listed(client);
    expect(names.filter((name) => name.includes('twice') || name.includes('mail'))).toEqual([]);
    const spoofed = await client.callTool({ name: 'odd.mail send', arguments: {} });
    expect(textOf(spoofed)).toContain('There is no tool');
  });

  it('and changes a tool finds it stopped, in the middle of a session, while agents see what was confirmed', async () => {
    const client = await desk.client(desk.config(desk.trusted));
    await until(async () => (await listed(client)).includes('odd.echo'));
    expect((await client.callTool({ name: 'odd.echo', arguments: {} })).isError).toBeUndefined();
    await client.callTool({ name: 'odd.change', arguments: {} });
    const result = await client.callTool({ name: 'odd.echo', arguments: {} });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('describes it otherwise');
    const echo = (await client.listTools()).tools.find(({ name }) => name === 'odd.echo');
    expect(echo?.description).toBe('Says what it is told.');
    await desk.confirm('odd.echo');
    expect((await client.callTool({ name: 'odd.echo', arguments: {} })).isError).toBeUndefined();
    await until(async () =>
      (await client.listTools()).tools.some(({ description }) =>
        description?.includes('tells everybody'),
      ),
    );
  });
});

describe('the secrets of a server', () => {
  it('are in its environment when it starts', async () => {
    await putSecret(desk.workspace.as('admin'), { name: 'ODD', value: 'swordfish' });
    const env = { ODD_TOKEN: { secret: 'ODD', prefix: 'token ' } };
    const client = await desk.client(desk.config(desk.trusted, {}, { env }));
    await until(async () => (await listed(client)).includes('odd.secret'));
    const result = await client.callTool({ name: 'odd.secret', arguments: {} });
    expect(textOf(result)).toBe('token swordfish');
    expect(desk.said.join()).not.toContain('swordfish');
  });

  it('that nobody has set keep the server from starting', async () => {
    const client = await desk.client(
      desk.config(desk.trusted, {}, { env: { ODD_TOKEN: { secret: 'NOBODY_SET_IT' } } }),
    );
    await until(() => Promise.resolve(desk.said.some((line) => line.includes('NOBODY_SET_IT'))));
    expect(await listed(client)).toEqual([]);
  });
});
