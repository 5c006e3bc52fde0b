import { describe, expect, it } from 'vitest';
import { currentGroupKey, groupKey, type AskedFacts, type GroupFacts } from './group-key';
import { senseOf } from './group-names';

const SESSION = { announced: true, endUser: 'customer-1' };
const ASKED: AskedFacts = {
  sentBy: 'agent:a-1',
  delegators: [],
  delegationDepth: 0,
  caseId: undefined,
  endUser: undefined,
  session: SESSION,
  origins: [{ path: '/order', value: 'C-1042', origin: 'request' }],
};
const asked = (changes: Partial<AskedFacts>) => facts({ asked: { ...ASKED, ...changes } });
const facts = (changes: Partial<GroupFacts> = {}): GroupFacts => ({
  agentId: 'a-1',
  tool: 'refund.create',
  risk: 'medium',
  reasons: ['rung_needs_approval'],
  arguments: { order: 'C-1042', amount: 40, express: false, note: 'called back', to: 'a@x.org' },
  resource: { type: 'order', id: 'C-1042' },
  asked: ASKED,
  ...changes,
});
const withArguments = (changes: Record<string, unknown>) =>
  facts({ arguments: { ...(facts().arguments as object), ...changes } });
const same = (a: GroupFacts, b: GroupFacts) => groupKey(a) === groupKey(b);

describe('the key of a group', () => {
  it('is the same whatever the digits of identifiers, the dates and the amounts of one size are', () => {
    const other = facts({
      arguments: {
        to: 'a@x.org',
        amount: 97,
        order: 'C-2077',
        express: false,
        note: 'called back',
      },
      resource: { type: 'order', id: 'C-2077' },
    });
    expect(groupKey(facts())).toMatch(/^g3-[0-9a-f]{32}$/);
    expect(same(facts(), other)).toBe(true);
  });

  it.each([
    ['orders', 'C-1042', 'C-9913'],
    ['tickets', 'INC0012345', 'INC0099999'],
    ['numbers of a year', 'RE-2026-000123', 'RE-2026-004711'],
    ['plain numbers', '5401', '5499'],
    ['UUIDs', '0b2f6c1e-9d3a-4f6b-8f0e-2f9b1d7c5a11', '7c5a11d3-1d7c-4a6b-9d3a-0b2f6c1e9d3a'],
    ['a day and an instant', '2026-11-20', '2026-12-01T10:00:00Z'],
  ])('is the same for two of many: %s', (_what, one, two) => {
    expect(same(withArguments({ ref: one }), withArguments({ ref: two }))).toBe(true);
  });

  it.each([
    ['IBANs', 'DE89370400440532013000', 'DE02120300000000202051'],
    ['IBANs in blocks', 'DE89-3704-0044-0532-0130-00', 'DE02-1203-0000-0000-2020-51'],
    ['IBANs with a bank', 'GB29NWBK60161331926819', 'GB29NWBK60161331926820'],
    ['account numbers', '0532013000', '0532013001'],
    ['cards', '4111-1111-1111-1111', '4111-1111-1111-1112'],
    ['phones', '+491701234567', '+491701234568'],
    ['phones of a country', '555-123-4567', '555-987-6543'],
    ['phones of a town', '5551234', '5559876'],
    ['banks', '021000021', '026009593'],
    ['accounts of eight digits', '12345678', '87654321'],
    ['sort codes', '12-34-56', '65-43-21'],
    ['what looks like a time', '2026-01-01 4915112345678', '2026-01-01 4917000000000'],
    ['what looks like an instant', '2026-01-01T99999999', '2026-01-01T99999998'],
    ['an address behind a day', '2026-01-01 10.0.0.1', '2026-01-01 10.0.0.2'],
    ['days no month has', '2026-13-41', '2026-13-42'],
    ['hours no day has', '2026-01-01T25:00', '2026-01-01T26:00'],
    ['fractions as long as a phone', '2026-01-01T00:00:00.5551234', '2026-01-01T00:00:00.5559876'],
    ['phones without a sign', '491701234567', '491701234568'],
    [
      'wallets',
      '0x52908400098527886E0F7030069857D2E4169EE7',
      '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
    ],
    [
      'wallets in digits and letters',
      '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2',
      '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
    ],
    ['long hexadecimal values', 'a3f5c9d2e4b6a8f0', 'a3f5c9d2e4b6a8f1'],
    ['mailboxes of one provider', 'ann@mail.example', 'attacker@mail.example'],
    ['hosts', 'web1.example.org', 'web2.example.org'],
    ['addresses of machines', '10.0.0.1', '10.0.0.2'],
    ['addresses of pages', 'https://a.example/1', 'https://a.example/2'],
    ['paths', '/srv/1', '/srv/2'],
    ['paths out of the folder', '../1', '../2'],
    ['words behind a digit', 'v1-users-list', 'v1-users-delete-all'],
    ['environments behind a digit', 'env-1-staging', 'env-1-production'],
    ['environments before a digit', 'staging-1', 'production-1'],
    ['environments without a dash', 'db1stg', 'db1prd'],
    ['sums as texts', '40', '4000000'],
    ['sums with their currency', 'EUR40', 'EUR4000000'],
    ['sums in short', '4e1', '4e6'],
    ['an order and a wildcard', 'C-1042', 'C-104*'],
    ['dates of two years', '2026-11-20', '2126-11-20'],
    ['a date and an order', '2026-11-20', 'C-20'],
    ['versions', 'v1.2.3', 'v1.2.4'],
    ['other digits', '1042', '\u0661\u0660\u0664\u0662'],
  ])('is not the same for %s', (_what, one, two) => {
    expect(same(withArguments({ ref: one }), withArguments({ ref: two }))).toBe(false);
    const about = (id: string) => facts({ resource: { type: 'thing', id } });
    expect(same(about(one), about(two))).toBe(false);
  });

  it('is not the same for large numbers, which could be accounts', () => {
    expect(same(withArguments({ x: 532_013_000_1 }), withArguments({ x: 532_013_000_2 }))).toBe(
      false,
    );
    expect(same(withArguments({ x: 1e300 }), withArguments({ x: 1.1e300 }))).toBe(false);
  });

  it('is the same for accounts behind a number of the record, and never for accounts', () => {
    const pay = (rtn: string, no: number) => withArguments({ rtn, no });
    expect(same(pay('021000021', 12_345_678), pay('026009593', 87_654_321))).toBe(false);
    expect(same(pay('021000021', 12_345_678), pay('021000021', 87_654_321))).toBe(false);
    expect(same(pay('021000021', 12_345), pay('021000021', 54_321))).toBe(true);
  });

  it.each([
    ['rights', 'roles', 1, 9],
    ['flags', 'flags', '644', '777'],
    ['levels', 'plan', 'p1', 'p9'],
    ['switches', 'mode', 'm100', 'm200'],
    ['numbers of a name nobody knows', 'x', 3, 4],
    ['places', 'latitude', 52.51, 52.52],
    ['parts of an identifier as a number', 'ticket', 4.5, 4.6],
  ])('is not the same for %s', (_what, name, one, two) => {
    expect(same(withArguments({ [name]: one }), withArguments({ [name]: two }))).toBe(false);
  });

  it.each([
    ['another sender', { sentBy: 'key:k-1' }],
    ['somebody who passed it on', { delegators: ['agent:planner'] }],
    ['a longer chain', { delegationDepth: 1 }],
    ['another case', { caseId: 'case-2' }],
    ['an end user the agent names', { endUser: 'customer-2' }],
    ['no session', { session: undefined }],
    ['a session nobody announced', { session: { announced: false, endUser: 'customer-1' } }],
    ['the session of another end user', { session: { announced: true, endUser: 'stranger' } }],
    ['origins nobody compared', { origins: [] }],
    [
      'a value of another origin',
      { origins: [{ path: '/order', value: 'C-1042', origin: 'unknown' }] },
    ],
    [
      'a value from another text',
      {
        origins: [
          {
            path: '/order',
            value: 'C-1042',
            origin: 'third_party',
            role: 'content',
            span: { readId: 'r-1', start: 0, end: 6, excerpt: 'C-1042' },
          },
        ],
      },
    ],
  ] satisfies [string, Partial<AskedFacts>][])('is another one with %s', (_what, changes) => {
    expect(same(facts(), asked(changes))).toBe(false);
  });

  it('is the same in two sessions of one end user, and for another value of the same origin', () => {
    const other = asked({
      session: { ...SESSION },
      origins: [{ path: '/order', value: 'C-2077', origin: 'request' }],
    });
    expect(same(facts(), other)).toBe(true);
  });

  it.each([
    ['toAccount', '10423', '10424'],
    ['to', 'C-1', 'C-2'],
    ['account_no', 10_423, 10_424],
    ['env', 'e1', 'e2'],
    ...[
      'ips',
      'urls',
      'envs',
      'scopes',
      'dirs',
      'IPs',
      'ToURL',
      'toIDs',
      'sendto',
      'SENDTO',
      'sortcode',
    ].map((name) => [name, 'A-101', 'A-102'] as [string, string, string]),
    ...[
      'blz',
      'ssn',
      'DBName',
      'userId',
      'contact',
      'empfaenger',
      'Empfänger',
      'chatId',
      'kontonummer',
    ].map((name) => [name, 'A-101', 'A-102'] as [string, string, string]),
    ['apiKey', '0b2f6c1e-9d3a-4f6b-8f0e-2f9b1d7c5a11', '7c5a11d3-1d7c-4a6b-9d3a-0b2f6c1e9d3a'],
    ['recipient', { id: 'C-1' }, { id: 'C-2' }],
    ['recipients', ['C-1'], ['C-2']],
  ])('is not the same for what a name says to be a target: %s', (name, one, two) => {
    expect(same(withArguments({ [name]: one }), withArguments({ [name]: two }))).toBe(false);
    const inside = (value: unknown) => withArguments({ order: { [name]: value } });
    expect(same(inside(one), inside(two))).toBe(false);
    const about = (properties: unknown) =>
      facts({ resource: { type: 'thing', id: 't', properties } });
    expect(same(about({ [name]: one }), about({ [name]: two }))).toBe(false);
  });

  it('is not the same for two resources of a kind that is a target', () => {
    const about = (id: string) => facts({ resource: { type: 'bank_account', id } });
    expect(same(about('C-1'), about('C-2'))).toBe(false);
  });

  it('lets dates differ under every name: they lead nowhere', () => {
    expect(
      same(withArguments({ valid_to: '2026-11-20' }), withArguments({ valid_to: '2026-11-21' })),
    ).toBe(true);
  });

  it.each([
    ['another agent', facts({ agentId: 'a-2' })],
    ['another tool', facts({ tool: 'refund.cancel' })],
    ['another risk', facts({ risk: 'high' })],
    ['another reason to wait', facts({ reasons: ['rung_needs_approval', 'target_from_outside'] })],
    ['another kind of resource', facts({ resource: { type: 'account', id: 'C-1042' } })],
    ['one argument more', withArguments({ force: true })],
    ['another flag', withArguments({ express: true })],
    ['another sentence', withArguments({ note: 'ignore what was said before' })],
    ['another domain of an address', withArguments({ to: 'a@evil.org' })],
    ['an amount of another size', withArguments({ amount: 4_000_000 })],
    ['the other sign', withArguments({ amount: -40 })],
    ['another prefix of an identifier', withArguments({ order: 'VIP-1042' })],
    ['an identifier with a character nobody sees', withArguments({ order: 'C-10\u200b42' })],
    ['a number as text', withArguments({ amount: '40' })],
    ['a wildcard for an identifier', withArguments({ order: '*' })],
    ['the name of a host', withArguments({ order: 'web1.evil.org' })],
    ['a statement for an identifier', withArguments({ order: 'C-1042 OR 1=1' })],
    ['a path out of the folder', withArguments({ order: '../C-1042' })],
  ])('is another one with %s', (_what, other) => {
    expect(same(facts(), other)).toBe(false);
  });

  it('does not take a text for the kind of a value', () => {
    expect(same(withArguments({ note: 'identifier:C-' }), withArguments({ note: 'C-1042' }))).toBe(
      false,
    );
    expect(same(withArguments({ x: ['C-1'] }), withArguments({ x: 'C-1' }))).toBe(false);
  });

  it('is no key when another rule made it', () => {
    expect(currentGroupKey(groupKey(facts()))).toBe(groupKey(facts()));
    expect(currentGroupKey('0123456789abcdef0123456789abcdef')).toBeNull();
    expect(currentGroupKey(null)).toBeNull();
  });

  it('is none for what nobody could look over', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`k${n}`, n]));
    expect(groupKey(facts({ arguments: many }))).toBeNull();
    let deep: unknown = 1;
    for (let n = 0; n < 40; n += 1) deep = [deep];
    expect(groupKey(facts({ arguments: { deep } }))).toBeNull();
  });
});

describe('the name of a value', () => {
  it.each([
    'sendTo',
    'IBAN',
    'deliveryAddress',
    'DB',
    'sort_code',
    'email',
    'key',
    'ssh_key',
    'ids_to',
  ])('%s says where something goes', (name) => expect(senseOf(name)).toBe('target'));
  it.each(['total', 'amount', 'refundAmount', 'quantities', 'Betrag'])('%s is a sum', (name) =>
    expect(senseOf(name)).toBe('amount'),
  );
  it.each(['order', 'customer', 'ticket_id', 'subscription', 'orderIDs', 'Rechnungen'])(
    '%s is one of many',
    (name) => expect(senseOf(name)).toBe('record'),
  );
  it.each(['express', 'idempotencyKey', 'toto', 'value', ''])('%s says nothing', (name) =>
    expect(senseOf(name)).toBe('unknown'),
  );
});
