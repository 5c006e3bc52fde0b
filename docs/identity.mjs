// Two agents: one passes a task on to the other, which signs its requests instead of carrying a token.
// Run it with a key of role manager:   BELAY_KEY=bk_... node docs/identity.mjs
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';

const BELAY = process.env.BELAY_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;

process.on('uncaughtException', (error) => {
  console.error(error.message);
  process.exit(1);
});

const operator = process.env.BELAY_KEY;
if (!operator) throw new Error('Set BELAY_KEY to an API key of role manager.');
const seconds = () => Math.floor(Date.now() / 1000);

async function send(path, { headers = {}, body }) {
  const response = await fetch(BELAY + path, { method: 'POST', headers, body }).catch(() => {
    throw new Error(`Nothing answers at ${BELAY}.`);
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path}: ${answer.code}: ${answer.detail}`);
  return answer;
}

// What the tool that is asked for can do: one that nobody has described counts as a risky write.
const asOperator = { authorization: `Bearer ${operator}`, 'content-type': 'application/json' };
const facts = { sideEffect: 'none', reversible: true, egress: false, risk: 'low' };
const tool = { name: 'crm.read', dataClass: 'confidential', ...facts };
await send('/api/v1/tools', { headers: asOperator, body: JSON.stringify(tool) });

// An agent is its key pair; Belay gets the public half, here with an end.
async function register(name, tools) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyExpiresAt = new Date(Date.now() + 90 * 86_400_000).toISOString();
  const agent = {
    name,
    version: '1',
    owner: 'Platform team',
    purpose: 'Shows how',
    pact: { tools },
  };
  const { id } = await send('/api/v1/agents', {
    headers: asOperator,
    body: JSON.stringify({
      ...agent,
      publicKey: publicKey.export({ format: 'jwk' }),
      keyExpiresAt,
    }),
  });
  return { id, privateKey };
}

// 1. Signing in: a client assertion (RFC 7523), signed anew for each token.
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
function assertion({ id, privateKey }) {
  const claims = {
    iss: id,
    sub: id,
    aud: `${BELAY}/oauth/token`,
    jti: randomUUID(),
    exp: seconds() + 60,
  };
  const unsigned = `${part({ alg: 'EdDSA' })}.${part(claims)}`;
  return `${unsigned}.${sign(null, Buffer.from(unsigned), privateKey).toString('base64url')}`;
}
async function token(agent, form) {
  const client = {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion(agent),
  };
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...client, ...form });
  return (await send('/oauth/token', { body })).access_token;
}

// 2. Signing a request (RFC 9421): method, address and body are covered, the nonce counts once.
function signed({ id, privateKey }, path, body) {
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const covered =
    `("@method" "@target-uri" "content-digest");created=${seconds()};keyid="${id}"` +
    `;nonce="${randomUUID()}";alg="ed25519"`;
  const base = [
    '"@method": POST',
    `"@target-uri": ${BELAY}${path}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${covered}`,
  ].join('\n');
  const signature = sign(null, Buffer.from(base), privateKey).toString('base64');
  return {
    'content-type': 'application/json',
    'content-digest': digest,
    'signature-input': `belay=${covered}`,
    signature: `belay=:${signature}:`,
  };
}

const question = (agent) =>
  JSON.stringify({
    subject: { type: 'agent', id: agent.id },
    action: { name: 'crm.read', properties: { arguments: { id: '42' } } },
    resource: { type: 'customer', id: '42' },
  });
const told = ({ decision, context }) =>
  decision ? 'allow' : `${context.outcome}: ${context.reasons[0]?.text}`;

const planner = await register('Planner', ['mail.read']);
const clerk = await register('Clerk', ['*']);

const path = '/access/v1/evaluation';
const body = question(clerk);
console.log('signed:', told(await send(path, { headers: signed(clerk, path, body), body })));

// 3. Passing a task on (RFC 8693): the planner names who may act, the clerk exchanges the token, and both pacts count.
const handed = await token(planner, { may_act: clerk.id });
const acting = await token(clerk, {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token: handed,
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
});
const headers = { authorization: `Bearer ${acting}`, 'content-type': 'application/json' };
console.log('for the planner:', told(await send(path, { headers, body })));
