/** Bodies of telemetry: of a bounded size, also after they are unpacked. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DomainError, MAX_AGENT_BODY_BYTES } from '@/lib/contracts';
import { readBytes, tooLarge } from '@/lib/http/read-body';

/** What comes over the wire, in bytes. */
export const MAX_INTAKE_BYTES = MAX_AGENT_BODY_BYTES * 4;
/** What may come of it when it is unpacked, in bytes. */
const MAX_UNPACKED_BYTES = 8 * 1024 * 1024;

const unzip = promisify(gunzip);

/**
 * The body of a request, unpacked when it is packed.
 *
 * @throws DomainError 413 `body_too_large`, 400 `wrong_content_encoding`, `malformed_encoding`
 */
export async function readPacked(request: Request): Promise<Uint8Array> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new DomainError(
      'malformed',
      'wrong_content_encoding',
      'The content encoding must be gzip or none.',
    );
  const bytes = await readBytes(request, MAX_INTAKE_BYTES);
  if (encoding === 'identity') return bytes;
  try {
    return await unzip(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(MAX_UNPACKED_BYTES);
    throw new DomainError('malformed', 'malformed_encoding', 'The body is not valid gzip.');
  }
}
