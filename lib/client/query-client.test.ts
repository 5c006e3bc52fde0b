import { MutationObserver, type QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { newQueryClient } from './query-client';

interface Input {
  readonly name: string;
  readonly secret: string;
}
const INPUT = { name: 'ci', secret: 'what was typed' };

/** A dialog: it shows what its change was answered with, for as long as it is open. */
function open(client: QueryClient, send: (input: Input) => Promise<unknown>) {
  const observer = new MutationObserver(client, { mutationFn: send });
  const close = observer.subscribe(() => undefined);
  return { observer, close };
}

/** Everything that is remembered of changes, as one text. */
const remembered = (client: QueryClient): string =>
  JSON.stringify(
    client
      .getMutationCache()
      .getAll()
      .map(({ state }) => state),
  );

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

it('a secret that is shown once is forgotten when its dialog is closed, and so is what was sent', async () => {
  const client = newQueryClient();
  const dialog = open(client, () => Promise.resolve({ key: 'what was made' }));
  await dialog.observer.mutate(INPUT);
  expect(remembered(client)).toContain('what was made');
  dialog.close();
  await until(() => client.getMutationCache().getAll().length === 0);
});

it('a refused change is forgotten too', async () => {
  const client = newQueryClient();
  const dialog = open(client, () => Promise.reject(new Error('refused')));
  await expect(dialog.observer.mutate(INPUT)).rejects.toThrow('refused');
  expect(remembered(client)).toContain('what was typed');
  dialog.close();
  await until(() => client.getMutationCache().getAll().length === 0);
});

it('an answer that comes after its dialog was closed is forgotten too', async () => {
  const client = newQueryClient();
  let answer: (made: unknown) => void = () => undefined;
  const dialog = open(client, () => new Promise((resolve) => (answer = resolve)));
  const sent = dialog.observer.mutate(INPUT);
  await until(() => client.isMutating() === 1);
  dialog.close();
  answer({ key: 'what was made' });
  await sent;
  await until(() => client.getMutationCache().getAll().length === 0);
});
