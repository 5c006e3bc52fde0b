/** A signed-in browser, for tests of endpoints. */
import { encode } from 'next-auth/jwt';
import { sql } from '@/lib/db';
import { createLogin } from '../logins';
import { sessionCookieName, sessionSecret } from '../session-cookie';

export interface TestLogin {
  readonly loginId: string;
  readonly signedInAt: Date;
  /** The value of the `Cookie` header. */
  readonly cookie: string;
}

export async function signIn(personId: string, now = new Date()): Promise<TestLogin> {
  const loginId = await createLogin(sql, personId, now);
  const token = await encode({ token: { sub: personId, login: loginId }, secret: sessionSecret() });
  return { loginId, signedInAt: now, cookie: `${sessionCookieName()}=${token}` };
}
