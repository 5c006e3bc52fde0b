import { DomainError } from '@/lib/contracts';
import { anyone, handle } from '@/lib/http/handler';

/** The answer for every address under /api that is none. */
export const unknownPath = handle({ auth: anyone }, ({ request }) =>
  Promise.reject(
    new DomainError(
      'not_found',
      'unknown_path',
      `There is nothing at ${new URL(request.url).pathname}.`,
    ),
  ),
);
