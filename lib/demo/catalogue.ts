/** The tools of the demo fleet. */
import type { ToolInput } from '@/lib/contracts';

type Facts = Pick<ToolInput, 'dataClass' | 'risk'> & Partial<ToolInput>;

const read = (name: string, description: string, facts: Facts): ToolInput => ({
  name,
  description,
  sideEffect: 'none',
  reversible: true,
  egress: false,
  untrustedOutput: true,
  tags: [],
  ...facts,
});

const write = (name: string, description: string, facts: Facts): ToolInput => ({
  name,
  description,
  sideEffect: 'write',
  reversible: true,
  egress: false,
  untrustedOutput: false,
  tags: [],
  ...facts,
});

const LOW = { dataClass: 'internal', risk: 'low' } as const;
const MEDIUM = { dataClass: 'internal', risk: 'medium' } as const;

export const TOOLS: readonly ToolInput[] = [
  read('repo.read_diff', 'Reads the diff of a pull request.', { ...LOW, tags: ['code'] }),
  write('repo.comment', 'Leaves a review comment.', { ...LOW, tags: ['code'] }),
  write('repo.merge', 'Merges a pull request into its base branch.', { ...MEDIUM, tags: ['code'] }),
  read('ticket.read', 'Reads a support ticket with its messages.', { ...LOW, tags: ['support'] }),
  write('ticket.reply', 'Answers a customer by e-mail.', {
    ...LOW,
    reversible: false,
    egress: true,
    tags: ['support'],
  }),
  read('crm.read_contact', 'Reads a contact with its history.', {
    dataClass: 'confidential',
    risk: 'low',
    untrustedOutput: false,
    tags: ['crm'],
  }),
  read('crm.find_duplicates', 'Lists contacts that look alike.', {
    ...LOW,
    untrustedOutput: false,
    tags: ['crm'],
  }),
  write('crm.update_contact', 'Changes fields of one contact.', { ...MEDIUM, tags: ['crm'] }),
  write('crm.merge_contacts', 'Merges two contacts into one. The second is gone afterwards.', {
    ...MEDIUM,
    reversible: false,
    tags: ['crm'],
  }),
  read('hr.read_record', 'Reads the personnel record of an employee.', {
    dataClass: 'restricted',
    risk: 'medium',
    untrustedOutput: false,
    tags: ['personnel'],
  }),
  read('invoice.read', 'Reads an invoice as its sender wrote it.', {
    dataClass: 'confidential',
    risk: 'low',
    tags: ['finance'],
  }),
  write('refund.create', 'Pays a customer back, up to 150 EUR.', {
    dataClass: 'confidential',
    risk: 'medium',
    reversible: false,
    tags: ['finance'],
  }),
  write('refund.create_large', 'Pays a customer back, above 150 EUR.', {
    dataClass: 'confidential',
    risk: 'high',
    reversible: false,
    tags: ['finance'],
  }),
  write('payment.schedule', 'Schedules a bank transfer.', {
    dataClass: 'confidential',
    risk: 'critical',
    reversible: false,
    egress: true,
    tags: ['finance', 'payments'],
  }),
  read('mail.read', 'Reads an e-mail.', { ...LOW, tags: ['mail'] }),
  write('mail.send', 'Sends an e-mail to anybody.', {
    ...MEDIUM,
    reversible: false,
    egress: true,
    tags: ['mail'],
  }),
  write('file.share', 'Opens a file or folder to an address outside.', {
    dataClass: 'confidential',
    risk: 'high',
    egress: true,
    tags: ['files'],
  }),
  read('calendar.read', 'Reads free and busy times.', { ...LOW, untrustedOutput: false }),
  write('calendar.create_event', 'Puts an appointment into a calendar.', LOW),
  write('calendar.move_event', 'Moves an appointment.', LOW),
  read('warehouse.query', 'Runs a read-only SQL query.', {
    dataClass: 'confidential',
    risk: 'medium',
    untrustedOutput: false,
    tags: ['data'],
  }),
  write('export.write_file', 'Writes the result of a query to the reports bucket.', {
    dataClass: 'confidential',
    risk: 'medium',
    tags: ['data'],
  }),
  read('deploy.status', 'Reads the state of a service.', { ...LOW, untrustedOutput: false }),
  write('deploy.restart', 'Restarts a service.', { ...MEDIUM, tags: ['production'] }),
  write('deploy.rollback', 'Rolls a service back to the release before.', {
    ...MEDIUM,
    tags: ['production'],
  }),
  write('database.migrate', 'Runs a migration against production.', {
    ...MEDIUM,
    risk: 'high',
    reversible: false,
    tags: ['production'],
  }),
  read('web.search', 'Searches the public web.', { dataClass: 'public', risk: 'low' }),
  write('notes.write', 'Writes a note into the shared notebook.', LOW),
  write('order.place', 'Orders from a supplier under contract.', {
    ...MEDIUM,
    tags: ['procurement'],
  }),
  read('supplier.quote', 'Reads the quote of a supplier.', { ...LOW, tags: ['procurement'] }),
  read('contract.read', 'Reads a contract from the archive.', {
    dataClass: 'confidential',
    risk: 'low',
    tags: ['legal'],
  }),
  write('contract.file_summary', 'Files a summary beside a contract.', { ...LOW, tags: ['legal'] }),
  write('account.create', 'Creates the accounts of a new employee.', {
    ...MEDIUM,
    tags: ['personnel'],
  }),
];
