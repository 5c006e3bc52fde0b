import { t } from '@/lib/client/language';
/** The agent's side as one file for Node 20 without packages: token, session, evaluation, wait, act and report. Pure text. */

export interface ScriptFacts {
  url: string;
  agentId: string;
  /** Undefined where the pact names no tool but allows any: then the script says where to put one. */
  tool: string | undefined;
}

const tokenCode = ({
  url,
  agentId,
}: ScriptFacts) => `import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

process.on('uncaughtException', (error) => {
  console.error(error.message);
  process.exit(1);
});
const url = ${JSON.stringify(url)};
const agent = ${JSON.stringify(agentId)};
const key = createPrivateKey({ key: JSON.parse(readFileSync('agent-key.json', 'utf8')), format: 'jwk' });

async function send(path, options) {
  const response = await fetch(url + path, options).catch(() => {
    throw new Error('Nothing answers at ' + url + '.');
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(path + ': ' + answer.detail);
  return answer;
}

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
async function signIn() {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const claims = { iss: agent, sub: agent, aud: url + '/oauth/token', jti: randomUUID(), exp };
  const unsigned = part({ alg: 'EdDSA' }) + '.' + part(claims);
  const assertion = unsigned + '.' + sign(null, Buffer.from(unsigned), key).toString('base64url');
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  return (await send('/oauth/token', { method: 'POST', body })).access_token;
}
let token = await signIn();`;

/** What a script without a tool of its own asks for. */
const EXAMPLE_TOOL = 'customers.read';
const PUT_TOOL = '// The pact allows any tool: put one here that the page Tools describes.\n';

const evaluationCode = ({ tool }: ScriptFacts) => `const call = (path, body) =>
  send(path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });

const { id: session } = await call('/api/v1/sessions', { agent, request: 'What does record 42 say?' });
${tool === undefined ? PUT_TOOL : ''}const action = { name: ${JSON.stringify(tool ?? EXAMPLE_TOOL)}, properties: { arguments: { id: '42' } } };
const resource = { type: 'record', id: '42' };
const { context } = await call('/access/v1/evaluation', {
  subject: { type: 'agent', id: agent },
  action,
  resource,
  context: { session },
});
console.log(context.outcome);
for (const reason of context.reasons) console.log('-', reason.text);`;

const WAIT_CODE = `if (context.approval) console.log('Waits for a person: ' + context.approval.url);
const decision = '/api/v1/decisions/' + context.id;
let { state, verdict } = await call(decision);
while (state === 'pending') {
  token = await signIn(); // A token lives for 5 minutes, and people take their time.
  ({ state, verdict } = await call(decision + '?wait=25'));
}
console.log('The decision is ' + state);
// A reviewer may have changed the arguments; then only those can be redeemed.
if (verdict?.edit) action.properties.arguments = verdict.edit.arguments;`;

const ACT_CODE = `if (context.outcome === 'allow' || state === 'approved') {
  await call(decision + '/redeem', { action, resource });
  const output = 'Record 42 says hello.'; // Here the tool would run.
  await call(decision + '/outcome', { status: 'succeeded', output });
  console.log('Done, and reported.');
}`;

export interface ScriptStep {
  title: string;
  text: string;
  code: string;
}

/** Steps of the script, each with its title, so that the page can show them apart and copy them together. */
export function scriptSteps(facts: ScriptFacts): ScriptStep[] {
  return [
    {
      title: t('Token'),
      text: t(
        'The agent proves that it holds its key: a signed statement for a token that lives 5 minutes.',
      ),
      code: tokenCode(facts),
    },
    {
      title: t('Evaluation'),
      text: t(
        'A session for every task. Before every tool call: the tool, the exact arguments, and what they touch.',
      ),
      code: evaluationCode(facts),
    },
    {
      title: t('Wait'),
      text: t(
        'When a person must decide, the agent waits; afterwards the state says what they said.',
      ),
      code: WAIT_CODE,
    },
    {
      title: t('Act and report'),
      text: t('What was allowed runs once. Its outcome is the evidence that moves the score.'),
      code: ACT_CODE,
    },
  ];
}

/** The whole file. */
export function wholeScript(facts: ScriptFacts): string {
  return `${scriptSteps(facts)
    .map(({ title, code }) => `// ${title}\n${code}`)
    .join('\n\n')}\n`;
}
