import type { ConsoleActor } from '@/lib/auth';
import type { Passkey } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { requirePerson } from './own';
import { passkeysOf, serializePasskey } from './passkey-rows';

/** The caller's own passkeys. @throws DomainError `people_only` */
export async function listPasskeys(actor: ConsoleActor): Promise<{ items: Passkey[] }> {
  const rows = await passkeysOf(sql, requirePerson(actor).personId);
  return { items: rows.map(serializePasskey) };
}
