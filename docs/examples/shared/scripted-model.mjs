// A model that says the same things every time, for when there is no key of a real one. It speaks the two protocols of OpenAI
// over HTTP, chat completions and responses, without streams, so that the examples do what they would do with any other.
import { createServer } from 'node:http';
import { once } from 'node:events';

/** What it does, by how many results of tools it has seen. */
const SCRIPT = [
  { name: 'crm_read', arguments: { customer: 'C-1042' } },
  { name: 'refund_create', arguments: { order: '4711', amount: 20 } },
  { text: 'I have looked customer C-1042 up and asked for the refund of order 4711.' },
];

/** How an answer looks in each protocol; a third one would be another entry. */
const PROTOCOLS = {
  '/v1/chat/completions': {
    seen: ({ messages }) => messages.filter(({ role }) => role === 'tool').length,
    answer: (step, n) => ({
      id: `chatcmpl-${n}`,
      object: 'chat.completion',
      created: 1,
      model: 'scripted',
      choices: [
        step.text === undefined
          ? { index: 0, finish_reason: 'tool_calls', message: callingMessage(step, n) }
          : { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: step.text } },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }),
  },
  '/v1/responses': {
    seen: ({ input }) =>
      [input].flat().filter(({ type }) => type === 'function_call_output').length,
    answer: (step, n) => ({
      id: `resp_${n}`,
      object: 'response',
      created_at: 1,
      status: 'completed',
      model: 'scripted',
      output: [step.text === undefined ? callingItem(step, n) : textItem(step, n)],
      usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    }),
  },
};

const callingMessage = ({ name, arguments: given }, n) => ({
  role: 'assistant',
  content: null,
  tool_calls: [
    { id: `call_${n}`, type: 'function', function: { name, arguments: JSON.stringify(given) } },
  ],
});
const callingItem = ({ name, arguments: given }, n) => ({
  type: 'function_call',
  id: `fc_${n}`,
  call_id: `call_${n}`,
  status: 'completed',
  name,
  arguments: JSON.stringify(given),
});
const textItem = ({ text }, n) => ({
  type: 'message',
  id: `msg_${n}`,
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [] }],
});

async function answer(request, response) {
  const protocol = PROTOCOLS[request.url];
  let body = '';
  for await (const chunk of request) body += chunk;
  response.setHeader('content-type', 'application/json');
  if (protocol === undefined) {
    response.statusCode = 404;
    return response.end('{"error":{"message":"not part of this model"}}');
  }
  const n = protocol.seen(JSON.parse(body));
  return response.end(JSON.stringify(protocol.answer(SCRIPT[n] ?? SCRIPT.at(-1), n)));
}

/** Any endpoint that speaks as OpenAI does, or the scripted one. */
export async function model() {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL, OPENAI_MODEL: name } = process.env;
  if (apiKey !== undefined)
    return {
      apiKey,
      baseURL: baseURL ?? 'https://api.openai.com/v1',
      name: name ?? 'gpt-5-mini',
      close() {},
    };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return {
    apiKey: 'none',
    baseURL: `http://127.0.0.1:${server.address().port}/v1`,
    name: 'scripted',
    close,
  };
}
