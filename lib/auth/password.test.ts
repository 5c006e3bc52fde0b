import { describe, expect, it } from 'vitest';
import { hashPassword, newOneTimePassword, verifyPassword } from './password';

describe('passwords at rest', () => {
  it('match what they were made from and nothing else', async () => {
    const stored = await hashPassword('correct horse battery staple');
    expect(await verifyPassword('correct horse battery staple', stored)).toBe(true);
    expect(await verifyPassword('correct horse battery stapler', stored)).toBe(false);
    expect(await verifyPassword('', stored)).toBe(false);
  });

  it('keep their parameters in the hash, and are salted', async () => {
    const [first, second] = [await hashPassword('same'), await hashPassword('same')];
    expect(first).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/);
    expect(first).not.toBe(second);
  });

  it('still match when they were made with other parameters', async () => {
    const weaker =
      '$scrypt$ln=10,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$' +
      (await import('node:crypto'))
        .scryptSync('old password', Buffer.alloc(16), 32, { N: 1024, r: 8, p: 1 })
        .toString('base64url');
    expect(await verifyPassword('old password', weaker)).toBe(true);
  });

  it('count the same however the characters are composed', async () => {
    const stored = await hashPassword('caf\u00e9 au lait');
    expect(await verifyPassword('cafe\u0301 au lait', stored)).toBe(true);
  });

  it('match nothing when there is no hash or a damaged one', async () => {
    expect(await verifyPassword('anything', null)).toBe(false);
    expect(await verifyPassword('anything', 'plain text')).toBe(false);
  });
});

describe('one-time passwords', () => {
  it('are readable, long and different', () => {
    const made = new Set(Array.from({ length: 100 }, newOneTimePassword));
    expect(made.size).toBe(100);
    for (const password of made)
      expect(password).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/);
  });
});
