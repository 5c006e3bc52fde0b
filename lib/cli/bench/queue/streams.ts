/** Open streams of announcements, as that many open consoles hold them. */
import { runBelay } from '../../launch';
import type { Stage } from './stage';

/** One caller may hold 64. */
const STREAMS_A_KEY = 50;

/** Opens streams and reads them to nowhere. @returns closes them */
export async function openStreams(stage: Stage, count: number): Promise<() => void> {
  const stop = new AbortController();
  let key = '';
  for (let index = 0; index < count; index += 1) {
    if (index % STREAMS_A_KEY === 0) key = await viewerKey(stage, index);
    const response = await fetch(`${stage.belay.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${key}` },
      signal: stop.signal,
    });
    if (!response.ok) throw new Error(`a stream was refused: ${response.status}`);
    void drain(response);
  }
  return () => stop.abort();
}

const viewerKey = ({ belay }: Stage, index: number): Promise<string> =>
  runBelay(belay.home, ['key', 'create', '--name', `streams ${index}`, '--role', 'viewer']);

async function drain(response: Response): Promise<void> {
  try {
    await response.body?.pipeTo(new WritableStream());
  } catch {
    // Closed at the end of the measurement.
  }
}
