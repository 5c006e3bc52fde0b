/** Passwords at rest: scrypt (RFC 7914) with the parameters kept in the hash, so that they can be raised later. */
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3 is one of the equivalent minimums; 32 MiB a hash. */
const CURRENT = { logN: 15, r: 8, p: 3 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

interface Parameters {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

function derive(password: string, salt: Buffer, { logN, r, p }: Parameters): Promise<Buffer> {
  const N = 2 ** logN;
  return new Promise((resolve, reject) => {
    scrypt(
      password.normalize('NFKC'),
      salt,
      KEY_BYTES,
      { N, r, p, maxmem: 256 * N * r },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });
}

/** `$scrypt$ln=15,r=8,p=3$<salt>$<key>`, both in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, CURRENT);
  const { logN, r, p } = CURRENT;
  return `$scrypt$ln=${logN},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

const ENCODED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

/**
 * Compares in constant time. Without a stored hash (unknown person, or one who signs in elsewhere) it works as long on a
 * hash that nothing matches, so that the time of the answer does not tell who exists.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = stored === null ? null : ENCODED.exec(stored);
  if (parts === null) {
    await derive(password, Buffer.alloc(SALT_BYTES), CURRENT);
    return false;
  }
  const [, logN, r, p, salt, expected] = parts;
  const parameters = { logN: Number(logN), r: Number(r), p: Number(p) };
  const key = await derive(password, Buffer.from(salt ?? '', 'base64url'), parameters);
  const wanted = Buffer.from(expected ?? '', 'base64url');
  return wanted.length === key.length && timingSafeEqual(wanted, key);
}

/** No letters or digits that look alike in print. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of five: 99 bits, readable on a terminal, to be changed at the first sign-in. */
export function newOneTimePassword(): string {
  const group = () =>
    Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
