import { describe, expect, it } from 'vitest';
import { toolPhrase } from './tool-phrase';

describe('the phrase of a tool', () => {
  it.each([
    ['send_email', 'Send email'],
    ['crm.delete_contact', 'CRM: delete contact'],
    ['crm.bulk_delete', 'CRM: bulk delete'],
    ['refund.create_large', 'Refund: create large'],
    ['payments.transfer', 'Transfer payments'],
    ['files.archive.restore', 'Restore archive'],
    ['mcp__github__createIssue', 'Github: create issue'],
    ['database.migrate', 'Migrate database'],
    ['sql.run', 'Run SQL'],
    ['shell', 'Shell'],
  ])('%s reads %s', (name, phrase) => {
    expect(toolPhrase(name)).toBe(phrase);
  });

  it.each(['send_еmail', 'send\u200bemail', '…', '__'])(
    'is not made of a name that is not plain: %s',
    (name) => {
      expect(toolPhrase(name)).toBeNull();
    },
  );
});
