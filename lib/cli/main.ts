import { program } from 'commander';
import { readerMayLeave } from './reader-may-leave';

readerMayLeave();

// Each command is loaded when it is called: `belay start` need not wait for the bench.

program.name('belay').description('Operator console and decision point for AI agents');

program
  .command('start')
  .description('start the database, the console and the demo fleet')
  .action(async () => (await import('./start')).start());

program
  .command('plane')
  .description('decide for agents beside the console, on the same database, without the console')
  .option('--port <port>', 'where it listens; 0 takes any free port', '3200')
  .option('--processes <n>', 'processes that share the port', '1')
  .action(async (options: { port: string; processes: string }) =>
    (await import('./plane')).planeCommand(options),
  );

program
  .command('gateway')
  .description('put MCP servers behind Belay, for agents that know nothing of it')
  .requiredOption('--config <file>', 'what it serves, to whom; see docs/gateway.md')
  .action(async (options: { config: string }) =>
    (await import('./gateway')).gatewayCommand(options),
  );

program
  .command('migrate')
  .description('bring the database to the schema of this program')
  .action(async () => (await import('./migrate')).migrateCommand());

const key = program.command('key').description('API keys for programs');
key
  .command('create')
  .description('make an API key and print it; it is stored nowhere else')
  .requiredOption('--name <name>', 'what the key is for')
  .requiredOption('--role <role>', 'viewer, reviewer, analyst, manager, admin or gateway')
  .option('--workspace <slug>', 'the workspace it works in', 'default')
  .option('--expires <moment>', 'when it ends, for example 2030-01-31T18:00:00Z; never unless told')
  .action(async (options: { name: string; role: string; workspace: string; expires?: string }) =>
    (await import('./key')).createKeyCommand(options),
  );

const workspace = program.command('workspace').description('workspaces');
workspace
  .command('seed')
  .description('make a workspace with known content, and print a gateway key for it')
  .argument('<content>', 'authzen-certification: the fixture of the public AuthZEN 1.0 scenario')
  .action(async (content: string) =>
    (await import('./seed-workspace')).seedWorkspaceCommand(content),
  );

const person = program.command('person').description('people who sign in');
person
  .command('reset-password')
  .description('give a person a one-time password and print it')
  .argument('<email>')
  .action(async (email: string) => (await import('./person')).resetPasswordCommand(email));

program
  .command('verify')
  .description('check the hash chain of the ledger')
  .option('--workspace <slug>', 'one workspace instead of all')
  .action(async (options: { workspace?: string }) =>
    (await import('./verify-ledger')).verifyCommand(options),
  );

program
  .command('replay')
  .description('drive recorded agent sessions through the HTTP API and print what was decided')
  .argument('<files...>', 'session files, JSON lines, gzip or plain')
  .requiredOption('--url <url>', 'where Belay answers')
  .requiredOption('--key <key>', 'an API key that may register agents and decide approvals')
  .option('--reviewer <reviewer>', 'oracle (answers by the labels) or none', 'oracle')
  .option('--json <file>', 'write the summary and every decision')
  .option('--decisions <file>', 'write each decision as a line of JSON to FILE')
  .option('--rung <rung>', 'vouch each agent up to this rung; 0 for none', '4')
  .option('--concurrency <n>', 'sessions at the same time', '16')
  .option('--agents <mode>', 'session (a fresh agent each) or shared (one an agent_id)', 'session')
  .action(async (files: string[], options: Record<string, string>) =>
    (await import('./replay/command')).replayCommand(files, options),
  );

try {
  await program.parseAsync();
} catch (error) {
  // People read this one: the sentence without the stack, unless they ask for more.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
