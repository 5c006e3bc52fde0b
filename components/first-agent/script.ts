/** The agent's side as one file for Node 20 without packages: token, session, evaluation, wait. Pure text. */

export interface ScriptFacts {
  url: string;
  agentId: string;
  tool: string;
}

const tokenCode = ({
  url,
  agentId,
}: ScriptFacts) => `import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const url = ${JSON.stringify(url)};
const agent = ${JSON.stringify(agentId)};
const key = createPrivateKey({ key: JSON.parse(readFileSync('agent-key.json', 'utf8')), format: 'jwk' });

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = Math.floor(Date.now() / 1000);
const claims = { iss: agent, sub: agent, aud: url + '/oauth/token', jti: randomUUID(), iat: now, exp: now + 60 };
const unsigned = part({ alg: 'EdDSA', typ: 'JWT' }) + '.' + part(claims);
const assertion = unsigned + '.' + sign(null, Buffer.from(unsigned), key).toString('base64url');

const token = await fetch(url + '/oauth/token', {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  }),
}).then((answer) => answer.json());
if (!token.access_token) throw new Error(JSON.stringify(token));`;

const evaluationCode = ({ tool }: ScriptFacts) => `const call = (path, body) =>
  fetch(url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: 'Bearer ' + token.access_token, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  }).then((answer) => answer.json());

const answer = await call('/access/v1/evaluation', {
  subject: { type: 'agent', id: agent },
  action: { name: ${JSON.stringify(tool)}, properties: { arguments: { id: '42' } } },
  resource: { type: 'record', id: '42' },
});
console.log(answer.context?.outcome ?? answer);
for (const reason of answer.context?.reasons ?? []) console.log('-', reason.text);`;

const WAIT_CODE = `if (answer.context?.outcome === 'require_approval') {
  let status;
  do status = await call('/api/v1/decisions/' + answer.context.id + '?wait=25');
  while (status.state === 'pending');
  console.log(status.state);
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
      title: 'Token',
      text: 'The agent proves that it holds its key: a signed statement for a token that lives 5 minutes.',
      code: tokenCode(facts),
    },
    {
      title: 'Evaluation',
      text: 'Before every tool call: the tool, the exact arguments, and what they touch.',
      code: evaluationCode(facts),
    },
    {
      title: 'Wait',
      text: 'When a person must decide, the agent waits; afterwards the state says what they said.',
      code: WAIT_CODE,
    },
  ];
}

/** The whole file. */
export function wholeScript(facts: ScriptFacts): string {
  return `${scriptSteps(facts)
    .map(({ title, code }) => `// ${title}\n${code}`)
    .join('\n\n')}\n`;
}
