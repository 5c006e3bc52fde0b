import { randomUUID } from 'node:crypto';
import { launchBelay } from '@/lib/cli/launch';
import { findFreePort } from '@/lib/db/embedded/ports';
import { changeEnvironment } from '@/lib/env';
import { replaceOneTimePassword } from './fixtures/sign-in';

/** One Belay for all journeys. The admin's own password goes to them through the environment. */
export default async function startServer(): Promise<() => Promise<void>> {
  // The journeys about messages listen there; for the others nobody does, and nobody asks for mail.
  const mailPort = String(await findFreePort());
  const belay = await launchBelay({
    variables: {
      BELAY_SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      BELAY_MAIL_FROM: 'Belay <belay@journeys.example>',
      BELAY_PRIVATE_TARGETS: '1',
    },
  });
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
    BELAY_E2E_MAIL_PORT: mailPort,
  });
  return belay.stop;
}
