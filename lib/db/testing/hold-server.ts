import { startEmbedded } from '../embedded';

// A supervisor for tests that kill it: starts the embedded PostgreSQL of the home it is given and
// reports over the channel what happens.

const report = (message: HolderMessage): void => void process.send?.(message);

export type HolderMessage =
  | { type: 'ready'; url: string; pid: number }
  | { type: 'notice'; sentence: string }
  | { type: 'refused'; sentence: string };

try {
  const server = await startEmbedded({
    home: process.argv[2] ?? '',
    onNotice: (sentence) => report({ type: 'notice', sentence }),
  });
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  report({ type: 'ready', url: server.url, pid: server.pid() });
} catch (error) {
  report({ type: 'refused', sentence: error instanceof Error ? error.message : String(error) });
  process.disconnect();
}
