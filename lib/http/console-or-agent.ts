/** Callers of what people, programs and agents may all ask for. */
import { apiKeyOf, consoleActor, type Actor } from '@/lib/auth';
import { anyProgram, requireActiveAgent } from '@/lib/auth/agents';

/** A person or an API key as in the console, or an agent with its token, which may only be told of itself. */
export async function consoleOrAgent(request: Request): Promise<Actor> {
  const authorization = request.headers.get('authorization');
  if (authorization === null || apiKeyOf(authorization) !== undefined) return consoleActor(request);
  const caller = await anyProgram(request);
  await requireActiveAgent(caller);
  return caller;
}
