// What all examples share: an agent of a support desk, registered with Belay, and the two things it can do.
import { generateKeyPairSync } from 'node:crypto';
import { Belay, explain } from '@belay/client';

const url = process.env.BELAY_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
export const REQUEST = 'Look up customer C-1042, and refund order 4711.';

/** As a manager does in the console: describes the tools, and registers the public half of the agent's own key. */
async function register(name) {
  const key = process.env.BELAY_KEY;
  if (!key) throw new Error('Set BELAY_KEY to an API key of role manager.');
  const post = async (path, body) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => {
      throw new Error(`Nothing answers at ${url}.`);
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${path}: ${answer.detail}`);
    return answer;
  };
  const facts = { reversible: true, egress: false };
  await post('/api/v1/tools', {
    ...facts,
    name: 'crm.read',
    sideEffect: 'none',
    dataClass: 'confidential',
    risk: 'low',
  });
  await post('/api/v1/tools', {
    ...facts,
    name: 'refund.create',
    sideEffect: 'write',
    dataClass: 'internal',
    risk: 'medium',
  });
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { id } = await post('/api/v1/agents', {
    name,
    version: '1',
    owner: 'Platform team', // Not you: nobody may approve for an agent of their own.
    purpose: 'Helps customers',
    publicKey: publicKey.export({ format: 'jwk' }),
    pact: { tools: ['crm.read', 'refund.create'] },
  });
  return { agentId: id, privateKey: privateKey.export({ format: 'jwk' }) };
}

/**
 * A session of a new agent, with the functions that its model may call. Each answers with text in any case: what it found, or why
 * Belay did not let it run, so that the model can go on.
 */
export async function openDesk(name) {
  const belay = new Belay({
    url,
    ...(await register(name)),
    onApproval: ({ tool, approval }) => console.log(`${tool} waits for a person: ${approval.url}`),
  });
  const session = await belay.session({ request: REQUEST });
  const crmRead = session.guard(
    'crm.read',
    ({ customer }) => `${customer}: Ada Lovelace, +43 1 234 56 78`, // Here the CRM would be asked.
    { resource: ({ customer }) => ({ type: 'customer', id: customer }) },
  );
  const refundCreate = session.guard(
    'refund.create',
    ({ order, amount }) => `Refunded ${amount} for ${order}`, // Here money would move.
    { resource: ({ order }) => ({ type: 'order', id: order }) },
  );
  const saying = (tool, guarded) => async (args) => {
    const result = await guarded(args);
    console.log(`${tool}: ${result.state}`);
    return result.state === 'ran' ? result.value : explain(result);
  };
  return {
    crmRead: saying('crm.read', crmRead),
    refundCreate: saying('refund.create', refundCreate),
    close: () => belay.close(),
  };
}
