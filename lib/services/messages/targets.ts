/** The verbs of targets: programs and channels that are told what happens in a workspace. */
import { randomBytes } from 'node:crypto';
import { actorRef, requirePermission } from '@/lib/auth';
import {
  DomainError,
  notFound,
  type Message,
  type MessageTarget,
  type MessageTargetInput,
  type MessageTry,
  type TargetWithSecret,
} from '@/lib/contracts';
import { newId, sql as query, withTransaction, type Sql } from '@/lib/db';
import { seal } from '@/lib/env/seal';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { AddressRefused, refuseLiteral } from './guard';
import { about } from './news';
import type { Tried } from './post';
import { sealedForTarget, sendToTarget } from './receivers';
import { requireTarget, serializeTarget } from './target-rows';

/** How long a secret from before a rotation is signed with as well, in hours. */
const OVERLAP_HOURS = 24;
/** Most targets of a workspace. */
const MOST_TARGETS = 50;

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** @throws DomainError `forbidden`, `address_refused`, `too_many_targets` */
export async function addTarget(
  context: ServiceContext,
  input: MessageTargetInput,
): Promise<TargetWithSecret> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  refuseUrl(input.url);
  const id = newId();
  const secret = input.kind === 'webhook' ? newSecret() : undefined;
  const target = await withTransaction(async (sql) => {
    await refuseTooMany(sql, actor.workspaceId);
    await insert(sql, context, id, input, secret);
    const { kind, name, events, reason } = input;
    const body = { kind, name, host: hostOf(input.url), events, reason };
    await note(sql, context, 'message_target.added', id, body);
    return serializeTarget(await requireTarget(sql, actor.workspaceId, id), now);
  });
  return secret === undefined ? target : { ...target, secret };
}

const hostOf = (url: string) => new URL(url).host;

async function insert(
  sql: Sql,
  { actor, now }: ServiceContext,
  id: string,
  { kind, name, url, events }: MessageTargetInput,
  secret: string | undefined,
): Promise<void> {
  const sealed = (text: string) =>
    seal('message-target', text, sealedForTarget(actor.workspaceId, id));
  await sql(
    `INSERT INTO message_targets (workspace_id, id, kind, name, host, events, sealed_url, sealed_secret, created_by,
       created_by_name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      actor.workspaceId,
      id,
      kind,
      name,
      hostOf(url),
      [...new Set(events)],
      sealed(url),
      secret === undefined ? null : sealed(secret),
      actorRef(actor),
      actor.name,
      now,
    ],
  );
}

async function refuseTooMany(sql: Sql, workspaceId: string): Promise<void> {
  const [row] = await sql<{ count: number }>(
    'SELECT count(*)::int AS count FROM message_targets WHERE workspace_id = $1',
    [workspaceId],
  );
  if ((row?.count ?? 0) < MOST_TARGETS) return;
  throw new DomainError(
    'unprocessable',
    'too_many_targets',
    `A workspace has at most ${MOST_TARGETS} targets. Remove one that is not used.`,
  );
}

/** What can be known before a name is looked up; the connection itself is guarded as well. */
function refuseUrl(url: string): void {
  try {
    refuseLiteral(new URL(url));
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error;
    throw new DomainError('unprocessable', 'address_refused', error.message);
  }
}

/**
 * A new secret. The old one is signed with as well for a day.
 *
 * @throws DomainError `forbidden`, `not_found`, `no_secret` for a target that signs nothing
 */
export async function rotateTarget(
  context: ServiceContext,
  id: string,
  reason: string,
): Promise<TargetWithSecret> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  const targetId = requireId(id, 'message target');
  const secret = newSecret();
  return withTransaction(async (sql) => {
    const before = await requireTarget(sql, actor.workspaceId, targetId);
    if (before.kind !== 'webhook')
      throw new DomainError('unprocessable', 'no_secret', 'A target of this kind signs nothing.');
    await sql(
      `UPDATE message_targets SET sealed_previous = sealed_secret, previous_until = $3, sealed_secret = $4
       WHERE workspace_id = $1 AND id = $2`,
      [
        actor.workspaceId,
        targetId,
        new Date(now.getTime() + OVERLAP_HOURS * 3_600_000),
        seal('message-target', secret, sealedForTarget(actor.workspaceId, targetId)),
      ],
    );
    await note(sql, context, 'message_target.rotated', targetId, { reason });
    const target = serializeTarget(await requireTarget(sql, actor.workspaceId, targetId), now);
    return { ...target, secret };
  });
}

/** Switches a target on again that its address had switched off. @throws DomainError `forbidden`, `not_found` */
export async function resumeTarget(
  context: ServiceContext,
  id: string,
  reason: string,
): Promise<MessageTarget> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  const targetId = requireId(id, 'message target');
  return withTransaction(async (sql) => {
    await sql('UPDATE message_targets SET disabled_at = NULL WHERE workspace_id = $1 AND id = $2', [
      actor.workspaceId,
      targetId,
    ]);
    const target = serializeTarget(await requireTarget(sql, actor.workspaceId, targetId), now);
    await note(sql, context, 'message_target.resumed', targetId, { reason });
    return target;
  });
}

/** @throws DomainError `forbidden`, `not_found` */
export async function removeTarget(
  context: ServiceContext,
  id: string,
  reason: string,
): Promise<void> {
  const { actor } = context;
  requirePermission(actor, 'workspace.manage');
  const targetId = requireId(id, 'message target');
  await withTransaction(async (sql) => {
    const gone = await sql(
      'DELETE FROM message_targets WHERE workspace_id = $1 AND id = $2 RETURNING id',
      [actor.workspaceId, targetId],
    );
    if (gone.length === 0) throw notFound('message target');
    await note(sql, context, 'message_target.removed', targetId, { reason });
  });
}

/** Sends a message now and says what the other side answered. @throws DomainError `forbidden`, `not_found` */
export async function tryTarget({ actor, now }: ServiceContext, id: string): Promise<MessageTry> {
  requirePermission(actor, 'workspace.manage');
  const { workspaceId } = actor;
  const receiverId = requireId(id, 'message target');
  await requireTarget(query, workspaceId, receiverId);
  const message = await testMessage(workspaceId, now);
  return timed(() => sendToTarget({ workspaceId, id: newId(), receiverId, message }, now));
}

/** A message that says nothing but that messages arrive. */
export async function testMessage(workspaceId: string, now: Date): Promise<Message> {
  const [workspace] = await query<{ slug: string; name: string }>(
    'SELECT slug, name FROM workspaces WHERE id = $1',
    [workspaceId],
  );
  if (workspace === undefined) throw notFound('workspace');
  const data = about(workspace, workspaceId, 'approvals');
  return { type: 'test', timestamp: now.toISOString(), data };
}

export async function timed(send: () => Promise<Tried>): Promise<MessageTry> {
  const started = performance.now();
  const { delivered, status, answer } = await send();
  return { delivered, status, answer, ms: Math.round(performance.now() - started) };
}

function note(
  sql: Sql,
  context: ServiceContext,
  kind: string,
  id: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  return record(
    sql,
    context,
    [noteOf(context, kind, `message_target:${id}`, body)],
    [{ type: 'workspace.changed', subjectId: id }],
  );
}
