import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalText,
  GENESIS_HASH,
  GENESIS_HEAD,
  createVerifier,
  nextEntry,
  sha256Hex,
} from './index';
import type { LedgerEntry, LedgerHead, VerifyResult } from './index';

const WORKSPACE = 'workspace-1';

function chainOf(length: number): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let head: LedgerHead = GENESIS_HEAD;
  for (let index = 0; index < length; index += 1) {
    const entry = nextEntry(head, {
      workspaceId: WORKSPACE,
      kind: 'decision.made',
      at: 1_790_000_000_000 + index,
      actor: 'agent:a',
      subject: `decision:${index}`,
      body: { outcome: 'allow', score: 0.5 + index / 100, text: 'naïve' },
    });
    entries.push(entry);
    head = entry;
  }
  return entries;
}

function verify(entries: readonly LedgerEntry[], head?: LedgerHead): VerifyResult {
  const verifier = createVerifier({ workspaceId: WORKSPACE });
  for (const entry of entries) verifier.add(entry);
  return verifier.finish(head);
}

function replaceAt(
  chain: readonly LedgerEntry[],
  index: number,
  change: Partial<LedgerEntry>,
): LedgerEntry[] {
  return chain.map((entry, at) => (at === index ? { ...entry, ...change } : entry));
}

/** An entry whose bytes were rewritten and hashed again, as somebody with the database in hand would do. */
function rewrite(entry: LedgerEntry, edit: (text: string) => string): Partial<LedgerEntry> {
  const bytes = Buffer.from(edit(Buffer.from(entry.bytes).toString('utf8')), 'utf8');
  return { bytes, hash: sha256Hex(bytes) };
}

const chain = chainOf(8);
const head = chain.at(-1)!;

describe('the chain', () => {
  it('has entries whose bytes are the canonical form of all they say', () => {
    for (const { bytes } of chain) {
      const text = Buffer.from(bytes).toString('utf8');
      expect(canonicalText(JSON.parse(text))).toBe(text);
    }
  });

  it('begins at sequence 1 after the genesis hash and links each entry to the one before', () => {
    expect(chain[0]).toMatchObject({
      seq: 1,
      prevHash: GENESIS_HASH,
      at: '2026-09-21T14:13:20.000Z',
    });
    expect(chain[1]?.prevHash).toBe(chain[0]?.hash);
  });

  it('is whole when nothing was touched, and says so in plain words', () => {
    expect(verify(chain, head)).toEqual({
      ok: true,
      checked: 8,
      text: '8 entries checked, up to 8: the chain is whole.',
    });
    expect(verify([], GENESIS_HEAD)).toMatchObject({ ok: true, text: 'The ledger is empty.' });
  });

  it('can be checked from the middle on', () => {
    const verifier = createVerifier({ workspaceId: WORKSPACE, from: chain[3]! });
    expect(chain.slice(4).every((entry) => verifier.add(entry))).toBe(true);
    expect(verifier.finish(head)).toMatchObject({ ok: true, checked: 4 });
  });

  it.each([
    [
      'an entry that is gone',
      [...chain.slice(0, 3), ...chain.slice(4)],
      4,
      'Entry 4 is missing: the next one found is 5.',
    ],
    [
      'an entry that comes twice',
      [...chain.slice(0, 3), ...chain.slice(2)],
      4,
      'Entry 3 comes again, or out of order.',
    ],
    [
      'a changed kind column',
      replaceAt(chain, 2, { kind: 'x' }),
      3,
      'The searchable kind of entry 3 is not what its bytes say.',
    ],
    [
      'a changed time column',
      replaceAt(chain, 2, { at: chain[3]!.at }),
      3,
      'The searchable at of entry 3 is not what its bytes say.',
    ],
    [
      'a changed actor column',
      replaceAt(chain, 2, { actor: 'x' }),
      3,
      'The searchable actor of entry 3 is not what its bytes say.',
    ],
    [
      'a changed subject column',
      replaceAt(chain, 2, { subject: 'x' }),
      3,
      'The searchable subject of entry 3 is not what its bytes say.',
    ],
    [
      'a foreign row',
      replaceAt(chain, 2, { workspaceId: 'x' }),
      3,
      'Entry 3 belongs to another workspace.',
    ],
    [
      'a rewritten entry',
      replaceAt(
        chain,
        2,
        rewrite(chain[2]!, (text) => text.replace('allow', 'denyy')),
      ),
      4,
      'Entry 4 does not follow the entry before it.',
    ],
    [
      'bytes that are not canonical',
      replaceAt(
        chain,
        2,
        rewrite(chain[2]!, (text) => text.replace(',', ', ')),
      ),
      3,
      'The bytes of entry 3 are not in canonical form.',
    ],
    [
      'a member given twice',
      replaceAt(
        chain,
        2,
        rewrite(chain[2]!, (text) => text.replace('{', '{"actor":"agent:a",')),
      ),
      3,
      'The bytes of entry 3 are not in canonical form.',
    ],
    [
      'bytes of another version',
      replaceAt(
        chain,
        2,
        rewrite(chain[2]!, (text) => text.replace('"schemaVersion":1', '"schemaVersion":2')),
      ),
      3,
      'The bytes of entry 3 are not a ledger entry of a known version.',
    ],
  ])('finds %s', (_name, entries, seq, what) => {
    const result = verify(entries, head);
    expect(result.firstError).toEqual({ seq, what });
    expect(result.text).toContain(`broken at entry ${seq}`);
  });

  it('goes on after a difference, so that one does not hide the next', () => {
    const broken = replaceAt(replaceAt(chain, 1, { kind: 'x' }), 4, {
      bytes: Buffer.from('{}', 'utf8'),
    }).filter(({ seq }) => seq !== 7);
    const result = verify(broken, { seq: 9, hash: head.hash });
    expect(result).toMatchObject({
      ok: false,
      checked: 1,
      firstError: { seq: 2 },
      differences: [
        { seq: 2, what: 'The searchable kind of entry 2 is not what its bytes say.' },
        { seq: 5, what: 'The bytes of entry 5 were changed.' },
        { seq: 7, what: 'Entry 7 is missing: the next one found is 8.' },
        {
          seq: 9,
          what: 'The chain ends at entry 8, but its head says 9: entries are missing at the end.',
        },
      ],
      moreDifferences: 0,
    });
  });

  it('takes one change for one difference', () => {
    for (const change of [{ kind: 'x' }, { bytes: Buffer.from('{}', 'utf8') }])
      expect(verify(replaceAt(chain, 2, change), head).differences).toHaveLength(1);
    const again = [...chain.slice(0, 3), ...chain.slice(2)];
    expect(verify(again, head).differences).toHaveLength(1);
    const edit = (text: string) => text.replace('allow', 'denyy');
    expect(verify(replaceAt(chain, 2, rewrite(chain[2]!, edit)), head).differences).toHaveLength(1);
  });

  it('names the first twenty differences and counts the others', () => {
    const long = chainOf(50).map((entry) => ({ ...entry, actor: 'x' }));
    const { differences, moreDifferences } = verify(long);
    expect(differences?.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(moreDifferences).toBe(30);
  });

  it('finds an end that was cut off, a head that is behind, and another head', () => {
    expect(verify(chain.slice(0, 6), head).firstError?.seq).toBe(7);
    expect(verify(chain, chain[5]).firstError?.seq).toBe(7);
    expect(verify(chain, { seq: 8, hash: GENESIS_HASH }).firstError?.seq).toBe(8);
  });

  it('finds a change of any single bit in any stored byte', () => {
    fc.assert(
      fc.property(fc.nat(7), fc.nat(), fc.integer({ min: 0, max: 7 }), (index, place, bit) => {
        const bytes = Uint8Array.from(chain[index]!.bytes);
        const at = place % bytes.length;
        bytes[at] = bytes[at]! ^ (1 << bit);
        const result = verify(replaceAt(chain, index, { bytes }), head);
        expect(result.firstError?.seq).toBe(index + 1);
      }),
      { seed: 2026, numRuns: 500 },
    );
  });

  it('finds a rewritten entry even when its hash was made to fit', () => {
    fc.assert(
      fc.property(fc.nat(7), fc.nat(), fc.integer({ min: 32, max: 126 }), (index, place, code) => {
        const changed = rewrite(chain[index]!, (text) => {
          const at = place % text.length;
          return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        });
        fc.pre(changed.hash !== chain[index]!.hash);
        expect(verify(replaceAt(chain, index, changed), head).ok).toBe(false);
      }),
      { seed: 2026, numRuns: 500 },
    );
  });
});
