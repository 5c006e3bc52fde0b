/** Callers of what people, programs and agents may all ask for. */
import { apiKeyOf, consoleActor, type Actor } from '@/lib/auth';
import { anyProgram, isSigned, requireActiveAgent, type BodyReader } from '@/lib/auth/agents';

/** A person or an API key as in the console, or an agent by its token or signature, which may only be told of itself. */
export async function consoleOrAgent(request: Request, body: BodyReader): Promise<Actor> {
  const authorization = request.headers.get('authorization');
  const program =
    authorization === null ? isSigned(request) : apiKeyOf(authorization) === undefined;
  if (!program) return consoleActor(request);
  const caller = await anyProgram(request, body);
  await requireActiveAgent(caller);
  return caller;
}
