import { apiKeyOf, consoleActor, requireLogin, requirePerson, wantedWorkspace } from '@/lib/auth';
import { requireSameOrigin } from '@/lib/auth/same-origin';
import { changePasswordSchema } from '@/lib/contracts';
import { handle } from '@/lib/http/handler';
import { changePassword } from '@/lib/services/people/change-password';
import { describeKey } from '@/lib/services/me/describe-key';
import { describeLogin } from '@/lib/services/me/describe-login';
import { describeWaiting } from '@/lib/services/me/waiting';

/** Who the caller is: a person, or a key in its workspace. */
export const getMe = handle(
  { auth: (request) => Promise.resolve(request) },
  async ({ request, now }) => {
    if (apiKeyOf(request.headers.get('authorization')) !== undefined)
      return describeKey({ actor: await consoleActor(request), now });
    return describeLogin(await requireLogin(request), wantedWorkspace(request));
  },
);

/** What waits in all workspaces of a person. */
export const getWaiting = handle({ auth: requirePerson }, ({ who, now }) =>
  describeWaiting(who, now),
);

export const postPassword = handle(
  {
    auth: async (request) => {
      const login = await requireLogin(request);
      requireSameOrigin(request);
      return login;
    },
    body: changePasswordSchema,
  },
  ({ who, body, now }) =>
    changePassword({ personId: who.personId, loginId: who.loginId, ...body }, now),
);
