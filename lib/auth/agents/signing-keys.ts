/** The keys Belay signs agent tokens and permits with: in the database, so that every process signs alike; sealed at rest. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import { sql, withTransaction } from '@/lib/db';
import { deriveKey } from '@/lib/env/secret';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

interface KeyRow {
  readonly kid: string;
  readonly public_jwk: JWK;
  readonly sealed_private: Buffer;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

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
  const sealed = seal(JSON.stringify(await exportJWK(privateKey)), kid);
  return {
    kid,
    public_jwk: { ...publicJwk, kid, alg: 'EdDSA', use: 'sig' },
    sealed_private: sealed,
  };
}

async function open(row: KeyRow): Promise<SigningKey> {
  const privateJwk = JSON.parse(unseal(row.sealed_private, row.kid)) as JWK;
  return {
    kid: row.kid,
    privateKey: (await importJWK(privateJwk, 'EdDSA')) as CryptoKey,
    publicKey: (await importJWK(row.public_jwk, 'EdDSA')) as CryptoKey,
    publicJwk: row.public_jwk,
  };
}

/** AES-256-GCM with the key's id as associated data: nonce, tag, ciphertext. */
function seal(text: string, kid: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', deriveKey('token-signing'), iv).setAAD(
    Buffer.from(kid),
  );
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function unseal(sealed: Buffer, kid: string): string {
  const iv = sealed.subarray(0, IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', deriveKey('token-signing'), iv);
  decipher.setAAD(Buffer.from(kid)).setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  } catch (cause) {
    throw new Error(
      'The signing key cannot be opened: it was sealed with another secret (BELAY_SECRET or the file in BELAY_HOME).',
      {
        cause,
      },
    );
  }
}
