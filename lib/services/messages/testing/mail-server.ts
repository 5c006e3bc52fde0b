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

/** @param port a free one unless given */
export async function startMailServer(port = 0): Promise<MailServer> {
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
  const listening = server.listen(port, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const address = listening.address();
  const listenedPort = typeof address === 'object' && address !== null ? address.port : port;
  const mail: MailServer = {
    url: `smtp://127.0.0.1:${listenedPort}`,
    letters,
    refuse: false,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mail;
}
