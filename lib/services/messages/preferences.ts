/** How a person wants to hear from a workspace. */
import { createHash } from 'node:crypto';
import { requirePermission, type ConsoleActor, type PersonActor } from '@/lib/auth';
import {
  DomainError,
  MAIL_MODES,
  notFound,
  type MessagePreferences,
  type MessagePreferencesInput,
  type MessageTry,
  type PushSubscriptionInput,
} from '@/lib/contracts';
import { newId, sql, withTransaction } from '@/lib/db';
import { env } from '@/lib/env';
import { seal } from '@/lib/env/seal';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { iso } from '@/lib/services/instants';
import { letterTo, sendLetter } from './channels/mail';
import { isPushService, pushKey } from './channels/push';
import { sealedForBrowser, sendToPush } from './receivers';
import { testMessage, timed } from './targets';

const DEFAULT_DIGEST_MINUTES = 30;
/** Most browsers of a person. */
const MOST_BROWSERS = 20;

/** @throws DomainError `people_only` */
function requirePerson(actor: ConsoleActor): PersonActor {
  requirePermission(actor, 'workspace.read');
  if (actor.kind === 'person') return actor;
  throw new DomainError(
    'forbidden',
    'people_only',
    'Only people have preferences. A program is told by a target of the workspace.',
  );
}

/** @throws DomainError `people_only` */
export async function getPreferences({ actor }: ServiceContext): Promise<MessagePreferences> {
  const { workspaceId, personId } = requirePerson(actor);
  const [[row], browsers] = await Promise.all([
    sql<{ mail: string; digestMinutes: number }>(
      `SELECT mail, digest_minutes AS "digestMinutes" FROM message_preferences WHERE workspace_id = $1 AND person_id = $2`,
      [workspaceId, personId],
    ),
    sql<{ id: string; label: string; createdAt: Date }>(
      `SELECT id, label, created_at AS "createdAt" FROM push_subscriptions
       WHERE workspace_id = $1 AND person_id = $2 ORDER BY id`,
      [workspaceId, personId],
    ),
  ]);
  return {
    mail: MAIL_MODES.find((mode) => mode === row?.mail) ?? 'off',
    digestMinutes: row?.digestMinutes ?? DEFAULT_DIGEST_MINUTES,
    mailServer: env().mail !== undefined,
    pushKey: pushKey(),
    browsers: browsers.map((browser) => ({ ...browser, createdAt: iso(browser.createdAt) })),
  };
}

/** @throws DomainError `people_only` */
export async function setPreferences(
  context: ServiceContext,
  { mail, digestMinutes }: MessagePreferencesInput,
): Promise<MessagePreferences> {
  const { workspaceId, personId } = requirePerson(context.actor);
  await sql(
    `INSERT INTO message_preferences (workspace_id, person_id, mail, digest_minutes, since) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id, person_id) DO UPDATE SET mail = excluded.mail, digest_minutes = excluded.digest_minutes,
       since = CASE WHEN message_preferences.mail = 'off' THEN excluded.since ELSE message_preferences.since END`,
    [workspaceId, personId, mail, digestMinutes, context.now],
  );
  return getPreferences(context);
}

/**
 * Pushes go to this browser too. The same browser again replaces its keys.
 *
 * @throws DomainError `people_only`, `no_push_service`, `too_many_browsers`
 */
export async function addBrowser(
  context: ServiceContext,
  { label, endpoint, keys }: PushSubscriptionInput,
): Promise<MessagePreferences> {
  const { workspaceId, personId } = requirePerson(context.actor);
  if (!isPushService(endpoint))
    throw new DomainError(
      'unprocessable',
      'no_push_service',
      'This is not the address of a push service that Belay knows.',
    );
  const addressHash = createHash('sha256').update(endpoint).digest('hex');
  await withTransaction(async (run) => {
    const others = await run(
      'SELECT 1 FROM push_subscriptions WHERE workspace_id = $1 AND person_id = $2 AND address_hash <> $3',
      [workspaceId, personId, addressHash],
    );
    if (others.length >= MOST_BROWSERS)
      throw new DomainError(
        'unprocessable',
        'too_many_browsers',
        `Pushes go to at most ${MOST_BROWSERS} browsers of a person. Remove one that is not used.`,
      );
    await run(
      'DELETE FROM push_subscriptions WHERE workspace_id = $1 AND person_id = $2 AND address_hash = $3',
      [workspaceId, personId, addressHash],
    );
    const id = newId();
    const sealed = seal(
      'push-subscription',
      JSON.stringify({ endpoint, keys }),
      sealedForBrowser(workspaceId, id),
    );
    await run(
      `INSERT INTO push_subscriptions (workspace_id, id, person_id, label, address_hash, sealed, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [workspaceId, id, personId, label, addressHash, sealed, context.now],
    );
  });
  return getPreferences(context);
}

/** @throws DomainError `people_only`, `not_found` */
export async function removeBrowser(
  context: ServiceContext,
  id: string,
): Promise<MessagePreferences> {
  const { workspaceId, personId } = requirePerson(context.actor);
  const gone = await sql(
    'DELETE FROM push_subscriptions WHERE workspace_id = $1 AND person_id = $2 AND id = $3 RETURNING id',
    [workspaceId, personId, requireId(id, 'browser')],
  );
  if (gone.length === 0) throw notFound('browser');
  return getPreferences(context);
}

/** A test to the caller's own address. @throws DomainError `people_only` */
export async function tryMail({ actor, now }: ServiceContext): Promise<MessageTry> {
  const { workspaceId, name, email: address } = requirePerson(actor);
  const message = await testMessage(workspaceId, now);
  return timed(() => sendLetter(letterTo({ name, address }, [message], now.getTime())));
}

/** A test to one of the caller's own browsers. @throws DomainError `people_only`, `not_found` */
export async function tryBrowser({ actor, now }: ServiceContext, id: string): Promise<MessageTry> {
  const { workspaceId, personId } = requirePerson(actor);
  const receiverId = requireId(id, 'browser');
  const own = await sql(
    'SELECT 1 FROM push_subscriptions WHERE workspace_id = $1 AND person_id = $2 AND id = $3',
    [workspaceId, personId, receiverId],
  );
  if (own.length === 0) throw notFound('browser');
  const message = await testMessage(workspaceId, now);
  return timed(() => sendToPush({ workspaceId, receiverId, message }, now));
}
