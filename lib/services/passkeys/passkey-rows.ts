import type { Passkey } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { iso } from '@/lib/services/instants';

export interface PasskeyRow {
  readonly id: string;
  readonly personId: string;
  /** Base64url, as browsers name it. */
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: string[];
  readonly name: string;
  readonly synced: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export const PASSKEY_COLUMNS = `id, person_id AS "personId", credential_id AS "credentialId", public_key AS "publicKey", counter,
  transports, name, synced, created_at AS "createdAt", last_used_at AS "lastUsedAt"`;

/** The passkeys of a person, oldest first. */
export function passkeysOf(sql: Sql, personId: string): Promise<PasskeyRow[]> {
  return sql<PasskeyRow>(
    `SELECT ${PASSKEY_COLUMNS} FROM passkeys WHERE person_id = $1 ORDER BY id`,
    [personId],
  );
}

export function serializePasskey(row: PasskeyRow): Passkey {
  const { id, name, synced, createdAt, lastUsedAt } = row;
  return {
    id,
    name,
    synced,
    createdAt: iso(createdAt),
    lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt),
  };
}

/** As WebAuthn wants a credential named to a browser. */
export const namedToBrowser = ({ credentialId, transports }: PasskeyRow) => ({
  id: credentialId,
  transports,
});
