// A first agent. It registers, asks before it acts, waits for a person, acts and reports.
// Run it with a key of role manager:   BELAY_KEY=bk_... node docs/first-agent.mjs
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';

const BELAY = process.env.BELAY_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;

process.on('uncaughtException', (error) => {
  console.error(error.message);
  process.exit(1);
});

async function call(path, bearer, body) {
  const isForm = body instanceof URLSearchParams;
  const request = {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...(!isForm && { 'content-type': 'application/json' }),
    },
    body: isForm ? body : JSON.stringify(body),
  };
  const response = await fetch(BELAY + path, request).catch(() => {
    throw new Error(`Nothing answers at ${BELAY}.`);
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path}: ${answer.detail}`);
  return answer;
}

// Once, with an API key: describe the tool, and register the public half of the agent's own key.
const operator = process.env.BELAY_KEY;
if (!operator) throw new Error('Set BELAY_KEY to an API key of role manager.');
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const facts = { sideEffect: 'none', reversible: true, egress: false, risk: 'low' };
await call('/api/v1/tools', operator, { name: 'crm.read', dataClass: 'confidential', ...facts });
const { id: agent } = await call('/api/v1/agents', operator, {
  name: 'First agent',
  version: '1',
  owner: 'Platform team', // Not you: nobody may approve for an agent of their own.
  purpose: 'Looks up customers',
  publicKey: publicKey.export({ format: 'jwk' }),
  pact: { tools: ['crm.read', 'crm.update'] }, // The README goes on with the second.
});

// A token lives for five minutes and costs an assertion signed with the agent's key (RFC 7523).
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
async function signIn() {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const claims = { iss: agent, sub: agent, aud: `${BELAY}/oauth/token`, jti: randomUUID(), exp };
  const unsigned = `${part({ alg: 'EdDSA' })}.${part(claims)}`;
  const signature = sign(null, Buffer.from(unsigned), privateKey).toString('base64url');
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${unsigned}.${signature}`,
  });
  return (await call('/oauth/token', undefined, form)).access_token;
}

// For every task a session, for every tool call a decision.
let token = await signIn();
const request = 'What is the phone number of customer C-1042?';
const { id: session } = await call('/api/v1/sessions', token, { agent, request });
const action = { name: 'crm.read', properties: { arguments: { customer: 'C-1042' } } };
const resource = { type: 'customer', id: 'C-1042' };
const asked = { subject: { type: 'agent', id: agent }, action, resource, context: { session } };
const { context } = await call('/access/v1/evaluation', token, asked);
console.log(context.outcome, '-', context.reasons.map(({ text }) => text).join(' '));

// A new agent reads confidential data only with a person's approval.
if (context.approval) console.log(`Waits for a person: ${context.approval.url}`);
let { state, verdict } = await call(`/api/v1/decisions/${context.id}`, token);
while (state === 'pending') {
  token = await signIn(); // People take their time.
  ({ state, verdict } = await call(`/api/v1/decisions/${context.id}?wait=25`, token));
}
console.log('The decision is', state);
// A reviewer may have changed the arguments; then only those can be redeemed.
if (verdict?.edit) action.properties.arguments = verdict.edit.arguments;
if (context.outcome === 'allow' || state === 'approved') {
  await call(`/api/v1/decisions/${context.id}/redeem`, token, { action, resource });
  const output = '+43 1 234 56 78'; // Here the tool would run.
  await call(`/api/v1/decisions/${context.id}/outcome`, token, { status: 'succeeded', output });
  console.log(`Done. See ${BELAY}/default/agents/${agent}`);
}
