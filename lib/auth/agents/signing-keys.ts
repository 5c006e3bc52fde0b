/** The keys Belay signs agent tokens and permits with: in the database, so that every process signs alike; sealed at rest. */
import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import { sql, withTransaction } from '@/lib/db';
import { seal, unseal } from '@/lib/env/seal';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

interface KeyRow {
  readonly kid: string;
  readonly public_jwk: JWK;
  readonly sealed_private: Buffer;
}

let current: Promise<SigningKey> | undefined;

/** The key in use; made by whichever process needs it first. */
export function signingKey(): Promise<SigningKey> {
  current ??= loadOrCreate().catch((error: unknown) => {
    current = undefined;
    throw error;
  });
  return current;
}

/** The public keys others verify with, as a JWK Set (RFC 7517). */
export async function publicKeySet(): Promise<{ keys: JWK[] }> {
  await signingKey();
  const rows = await sql<{ public_jwk: JWK }>(
    'SELECT public_jwk FROM signing_keys WHERE retired_at IS NULL ORDER BY created_at',
  );
  return { keys: rows.map((row) => row.public_jwk) };
}

async function loadOrCreate(): Promise<SigningKey> {
  return withTransaction(async (run) => {
    await run(`SELECT pg_advisory_xact_lock(hashtext('belay.signing-keys'))`);
    const [row] = await run<KeyRow>(
      'SELECT kid, public_jwk, sealed_private FROM signing_keys WHERE retired_at IS NULL ORDER BY created_at DESC LIMIT 1',
    );
    if (row !== undefined) return open(row);
    const made = await create();
    await run(
      'INSERT INTO signing_keys (kid, public_jwk, sealed_private, created_at) VALUES ($1, $2::jsonb, $3, now())',
      [made.kid, JSON.stringify(made.public_jwk), made.sealed_private],
    );
    return open(made);
  });
}

async function create(): Promise<KeyRow> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', {
    crv: 'Ed25519',
    extractable: true,
  });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const sealed = seal('token-signing', JSON.stringify(await exportJWK(privateKey)), kid);
  return {
    kid,
    public_jwk: { ...publicJwk, kid, alg: 'EdDSA', use: 'sig' },
    sealed_private: sealed,
  };
}

async function open(row: KeyRow): Promise<SigningKey> {
  const privateJwk = JSON.parse(openSealed(row)) as JsonWebKey;
  return {
    kid: row.kid,
    privateKey: createPrivateKey({ key: privateJwk, format: 'jwk' }),
    publicKey: (await importJWK(row.public_jwk, 'EdDSA')) as CryptoKey,
    publicJwk: row.public_jwk,
  };
}

function openSealed({ sealed_private: sealed, kid }: KeyRow): string {
  try {
    return unseal('token-signing', sealed, kid);
  } catch (cause) {
    throw new Error(
      'The signing key cannot be opened: it was sealed with another secret (BELAY_SECRET or the file in BELAY_HOME).',
      { cause },
    );
  }
}
