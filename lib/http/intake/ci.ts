/** POST /api/v1/intake/ci?source=ID */
import { anyone, handle } from '@/lib/http';
import { readBytes, jsonOf, textOf } from '@/lib/http/read-body';
import { takePlace } from '@/lib/http/places';
import { recordBuild } from '@/lib/services/intake/ci';
import { MAX_INTAKE_BYTES } from './body';
import { takenAnswer } from './taken-answer';

export const ciHandler = handle({ auth: anyone, status: 202 }, async ({ request, now }) => {
  const source = new URL(request.url).searchParams.get('source') ?? '';
  const leave = takePlace('intakes', `ci ${source.slice(0, 64)}`);
  try {
    const body = await readBytes(request, MAX_INTAKE_BYTES);
    const delivery = {
      source,
      signature: request.headers.get('x-hub-signature-256') ?? '',
      event: request.headers.get('x-github-event') ?? 'plain',
      body,
      parse: () => jsonOf(textOf(body), { exact: false }),
    };
    return takenAnswer(await recordBuild(delivery, now.getTime()));
  } finally {
    leave();
  }
});
