import { randomUUID } from 'node:crypto';
import { launchBelay } from '@/lib/cli/launch';
import { changeEnvironment } from '@/lib/env';
import { replaceOneTimePassword } from './fixtures/sign-in';

/** One Belay for all journeys. The admin's own password goes to them through the environment. */
export default async function startServer(): Promise<() => Promise<void>> {
  const belay = await launchBelay();
  if (belay.admin === undefined) throw new Error('A new home has an admin.');
  const { email, oneTimePassword } = belay.admin;
  const password = `journeys ${randomUUID()}`;
  await replaceOneTimePassword(belay.url, { email, password: oneTimePassword }, password);
  changeEnvironment({
    BELAY_HOME: belay.home,
    DATABASE_URL: belay.databaseUrl,
    BELAY_E2E_URL: belay.url,
    BELAY_E2E_EMAIL: email,
    BELAY_E2E_PASSWORD: password,
  });
  return belay.stop;
}
