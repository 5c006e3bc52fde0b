/** What others look up of agents: without credentials, or as somebody who belongs to a workspace here. */
import { actorRef, requirePerson } from '@/lib/auth';
import { anyProgram, isSigned, requireActiveAgent, type BodyReader } from '@/lib/auth/agents';
import { directorySettingsSchema, DomainError } from '@/lib/contracts';
import { handle } from '@/lib/http/handler';
import { lookUpAgent } from '@/lib/services/directory/look-up';
import { getDirectorySettings, setDirectorySettings } from '@/lib/services/directory/settings';
import { consoleHandler, segment } from './console-handler';

/** How long others may go by an answer, in seconds: a revocation is known as late as this. */
const CACHED_SECONDS = 60;

/** Whoever proves to belong to a workspace; undefined for anybody else. What is shown and does not hold is refused. */
async function whoever(request: Request, body: BodyReader): Promise<string | undefined> {
  if (request.headers.has('authorization') || isSigned(request)) {
    const caller = await anyProgram(request, body);
    await requireActiveAgent(caller);
    return actorRef(caller);
  }
  try {
    const { personId, workspaces } = await requirePerson(request);
    return workspaces.length === 0 ? undefined : `person:${personId}`;
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'unauthenticated') return undefined;
    throw error;
  }
}

/** GET /api/v1/directory/:id */
export const getDirectoryEntry = handle({ auth: whoever }, async ({ who, params, now }) => {
  const { entry, audience } = await lookUpAgent(segment(params, 'id'), who, now);
  const scope = audience === 'anyone' ? 'public' : 'private';
  return Response.json(entry, {
    headers: {
      'cache-control': `${scope}, max-age=${CACHED_SECONDS}`,
      vary: 'authorization, cookie, signature-input',
    },
  });
});

export const getDirectory = consoleHandler({}, (context) => getDirectorySettings(context));
export const putDirectory = consoleHandler({ body: directorySettingsSchema }, (context, { body }) =>
  setDirectorySettings(context, body),
);
