/** What tests of messages begin with: a workspace, real receivers outside, and rounds of the chores at a time of their own. */
import { messageSchema, type MessageEvent } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { changeEnvironment } from '@/lib/env';
import { makeAskingAgent, makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';
import { deliverMessages } from '../deliver';
import { gatherMessages } from '../gather';
import { startMailServer, type MailServer } from './mail-server';
import { startReceiver, type Receiver } from './receiver';

export const MINUTE = 60_000;
export const ALL: MessageEvent[] = [
  'approval.requested',
  'approval.closed',
  'incident.opened',
  'kill_switch.set',
];

export interface Outside {
  readonly receiver: Receiver;
  readonly mail: MailServer;
  workspace: TestWorkspace;
  agentId: string;
  /** Gathers and delivers, `laterMs` after the round before. @returns how many deliveries were tried */
  readonly round: (laterMs?: number) => Promise<number>;
  /** A new workspace, empty receivers, and settings as an operator would have them. */
  readonly renew: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startOutside(): Promise<Outside> {
  const receiver = await startReceiver();
  const mail = await startMailServer();
  // Moves on with every round, so that nothing that is to be tried again stays behind.
  let now = 0;
  const renew = async () => {
    changeEnvironment({
      BELAY_URL: 'https://belay.example',
      BELAY_PRIVATE_TARGETS: '1',
      BELAY_SMTP_URL: mail.url,
      BELAY_MAIL_FROM: 'Belay <belay@belay.example>',
      BELAY_PUSH_SERVICES: receiver.url,
    });
    receiver.received.length = 0;
    receiver.answer = { status: 200, text: 'ok' };
    mail.letters.length = 0;
    mail.refuse = false;
    await sql('DELETE FROM workspaces');
    outside.workspace = await makeWorkspace();
    outside.agentId = (await makeAskingAgent(outside.workspace)).id;
    now = Date.now();
  };
  const outside: Outside = {
    receiver,
    mail,
    workspace: await makeWorkspace(),
    agentId: '',
    renew,
    round: async (laterMs = 0) => {
      now = Math.max(now, Date.now()) + laterMs;
      await gatherMessages(now);
      return deliverMessages(now, () => 0);
    },
    stop: async () => {
      await receiver.stop();
      await mail.stop();
    },
  };
  return outside;
}

/** A message the receiver got; the last one unless told. */
export const messageIn = ({ received }: Receiver, index = -1) =>
  messageSchema.parse(JSON.parse(received.at(index)?.body.toString('utf8') ?? ''));

export const deliveriesOf = (workspaceId: string) =>
  sql<{ state: string; attempts: number; last_status: number | null; last_answer: string | null }>(
    'SELECT state, attempts, last_status, last_answer FROM message_deliveries WHERE workspace_id = $1 ORDER BY id',
    [workspaceId],
  );
