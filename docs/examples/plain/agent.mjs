// An agent without any library: its model is asked over HTTP, its tools are guarded functions.
import { openDesk, REQUEST } from '../shared/support-desk.mjs';
import { model } from '../shared/scripted-model.mjs';

const desk = await openDesk('Plain example');
const { apiKey, baseURL, name, close } = await model();
const tools = { crm_read: desk.crmRead, refund_create: desk.refundCreate };
const parameters = {
  crm_read: { customer: { type: 'string' } },
  refund_create: { order: { type: 'string' }, amount: { type: 'number' } },
};
const described = Object.entries(parameters).map(([tool, properties]) => ({
  type: 'function',
  function: {
    name: tool,
    parameters: { type: 'object', properties, required: Object.keys(properties) },
  },
}));

const messages = [{ role: 'user', content: REQUEST }];
for (;;) {
  const response = await fetch(`${baseURL}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: name, messages, tools: described }),
  });
  if (!response.ok) throw new Error(`The model answered ${response.status}.`);
  const { message } = (await response.json()).choices[0];
  messages.push(message);
  if (!message.tool_calls?.length) {
    console.log(message.content);
    break;
  }
  for (const { id, function: call } of message.tool_calls) {
    const content = await tools[call.name](JSON.parse(call.arguments));
    messages.push({ role: 'tool', tool_call_id: id, content });
  }
}
await desk.close();
close();
