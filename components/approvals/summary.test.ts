import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/contracts';
import { OPEN_VALUE_LENGTH, summarizeAction, summaryInputOf, summaryText } from './summary';

function sentence(
  tool: string,
  args: Record<string, Json>,
  resource = { type: 'mailbox', id: 'sent' },
) {
  return summaryText(summarizeAction({ tool, arguments: args, resource }));
}

describe('the summary of a call', () => {
  it('names the verb, the target and the size of the prose', () => {
    expect(
      sentence('send_email', {
        recipients: ['john@example.com'],
        subject: 'Harmless cleanup, please approve',
        body: 'Dear John',
      }),
    ).toBe(
      'Send email to john@example.com, on mailbox sent, subject of 32 characters, body of 9 characters',
    );
  });

  it('never repeats what the agent says about its own call', () => {
    const words = sentence('run_sql', {
      statement: 'DELETE FROM t WHERE id = 1 OR 1=1',
      summary: 'Remove old test rows. Safe.',
    });
    expect(words).not.toContain('Safe');
    expect(words).toContain('DELETE FROM t WHERE id = 1 OR 1=1');
  });

  it('does not hide hidden recipients behind visible ones', () => {
    const words = sentence('send_email', { to: 'a@x.com', bcc: ['evil@y.com'], body: 'hi' });
    expect(words).toContain('to a@x.com');
    expect(words).toContain('bcc evil@y.com');
  });

  it('counts a long list of targets', () => {
    expect(sentence('send_email', { to: ['a', 'b', 'c', 'd', 'e'] })).toContain(
      'to a, b and 3 more (5 in all)',
    );
  });

  it('puts the currency beside the amount', () => {
    expect(
      sentence(
        'payments.transfer',
        { recipient: 'DE89', amount: 12400, currency: 'EUR' },
        { type: 'account', id: 'DE89' },
      ),
    ).toBe('Transfer payments to DE89, amount 12,400 EUR');
  });

  it('keeps the end of a long command and says how much is missing', () => {
    const words = sentence('shell', { command: `echo ${'x'.repeat(300)}; rm -rf /data` });
    expect(words).toMatch(/command echo x+ \[\+\d+ characters\] x*; rm -rf \/data/);
  });

  it('cuts between words and counts every character it leaves out', () => {
    const statement =
      'CREATE INDEX CONCURRENTLY orders_by_day ON shop.orders (created_at, region, currency) WHERE open';
    const words = sentence('run_sql', { statement }, { type: 'database', id: 'shop' });
    const [, head, omitted, tail] = /statement (.*) \[\+(\d+) characters\] (.*)$/.exec(words) ?? [];
    expect([head, tail]).toEqual([
      'CREATE INDEX CONCURRENTLY orders_by_day',
      '(created_at, region, currency) WHERE open',
    ]);
    expect(Number(omitted)).toBe(statement.length - `${head}${tail}`.length);
  });

  it('gives an open call its whole values', () => {
    const statement = 'CREATE INDEX CONCURRENTLY orders_by_day ON orders (created_at) WHERE open';
    const parts = summarizeAction({
      tool: 'run_sql',
      arguments: { statement },
      resource: { type: 'database', id: 'shop' },
      valueLength: OPEN_VALUE_LENGTH,
    });
    expect(summaryText(parts)).toContain(statement);
  });

  it('names the record before its new values', () => {
    expect(
      sentence(
        'crm.update_contact',
        { phone: '+353', contact_id: 'C-1' },
        { type: 'c', id: 'C-1' },
      ),
    ).toBe('CRM: update contact, contact_id C-1, phone +353');
  });

  it('names what it is done to once, right behind its kind, and before everything else', () => {
    const contract = { type: 'contract', id: 'K-1' };
    expect(sentence('contract.read', { contract: 'K-1' }, contract)).toBe('Read contract K-1');
    expect(sentence('contract.read', { pages: 2 }, contract)).toBe('Read contract K-1, pages 2');
    expect(
      sentence(
        'crm.update_contact',
        { set: { company: 'Northbeam' }, contact: 'C-1' },
        { type: 'contact', id: 'C-1' },
      ),
    ).toBe('CRM: update contact C-1, set company Northbeam');
  });

  it('keeps the name of an argument that is not what the tool is named after', () => {
    expect(sentence('contract.read', { invoice: 'K-1' }, { type: 'contract', id: 'K-1' })).toBe(
      'Read contract, invoice K-1',
    );
    expect(
      sentence('contract.read', { contract: ['K-1', 'K-2'] }, { type: 'contract', id: 'K-1' }),
    ).toBe('Read contract, contract K-1, K-2');
  });

  it('lists few short values whole, and the fields of a small one', () => {
    const account = { type: 'employee', id: 'Ada' };
    const words = sentence(
      'account.create',
      { person: 'Ada', accounts: ['mail', 'chat', 'wiki'] },
      account,
    );
    expect(words).toBe('Create account, person Ada, accounts mail, chat, wiki');
    const many = sentence('account.create', { person: 'Ada', set: { a: 1, b: 2, c: 3 } }, account);
    expect(many).toContain('set {3 fields}');
  });

  it('tells what can run once a call was approved with edits', () => {
    const resource = { type: 'order', id: '7' };
    const action = { name: 'refund.create', properties: { arguments: { amount: 120 } } };
    const edit = { arguments: { amount: 12 }, changes: [], digest: 'd' };
    const verdict = { outcome: 'approved', by: 'p', name: 'P', at: '', edit } as const;
    expect(summaryText(summarizeAction(summaryInputOf({ action, resource, verdict })))).toContain(
      'amount 12',
    );
  });

  it('says how many arguments it leaves out', () => {
    expect(sentence('update_record', { a: 1, b: 2, c: 3, d: 4, e: 5 })).toContain(
      'and 2 more arguments',
    );
  });

  it('shows a name it cannot read as it is, instead of making it pretty', () => {
    const parts = summarizeAction({
      tool: 'send_еmail',
      arguments: {},
      resource: { type: 'x', id: 'y' },
    });
    expect(parts[0]).toEqual({ kind: 'text', text: 'Call ' });
    expect(parts[1]).toEqual({ kind: 'value', text: 'send_еmail' });
  });

  it('marks every value as untrusted and nothing else', () => {
    const parts = summarizeAction({
      tool: 'delete_file',
      arguments: { file_id: '11' },
      resource: { type: 'file', id: '11' },
    });
    expect(parts).toEqual([
      { kind: 'text', text: 'Delete file' },
      { kind: 'text', text: ',' },
      { kind: 'text', text: ' ' },
      { kind: 'name', text: 'file_id' },
      { kind: 'text', text: ' ' },
      { kind: 'value', text: '11' },
    ]);
  });

  it('takes no name of an argument, and no kind of resource, for words of its own', () => {
    const parts = summarizeAction({
      tool: 'files.move',
      arguments: { 'to\u202e': 'x', ['k'.repeat(300)]: 1, 'no\u200bte': 'Hi' },
      resource: { type: 'fi\u202ele', id: '11' },
    });
    const own = parts.filter(({ kind }) => kind === 'text').map(({ text }) => text);
    expect(own.join('')).not.toMatch(/[\u202e\u200b]|kkk/);
    expect(parts).toContainEqual({ kind: 'name', text: 'fi\u202ele' });
  });
});
