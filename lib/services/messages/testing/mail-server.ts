/** A real SMTP server for tests: keeps the letters as they came over the wire. */
import { SMTPServer } from 'smtp-server';

export interface ReceivedLetter {
  readonly to: readonly string[];
  readonly raw: string;
}

export interface MailServer {
  readonly url: string;
  readonly letters: ReceivedLetter[];
  /** Refuse everything from now on with a temporary failure. */
  refuse: boolean;
  readonly stop: () => Promise<void>;
}

/** Starts it on a free port. */
export async function startMailServer(): Promise<MailServer> {
  const letters: ReceivedLetter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (mail.refuse) {
          done(Object.assign(new Error('mailbox busy'), { responseCode: 450 }));
          return;
        }
        const to = session.envelope.rcptTo.map(({ address }) => address);
        letters.push({ to, raw: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const address = listening.address();
  if (typeof address !== 'object' || address === null) throw new Error('It listens nowhere.');
  const mail: MailServer = {
    url: `smtp://127.0.0.1:${address.port}`,
    letters,
    refuse: false,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mail;
}
