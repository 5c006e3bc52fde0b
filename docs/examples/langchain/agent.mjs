// LangChain.js: a guarded function is the function of a tool.
import { HumanMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import { openDesk, REQUEST } from '../shared/support-desk.mjs';
import { model } from '../shared/scripted-model.mjs';

const desk = await openDesk('LangChain example');
const { apiKey, baseURL, name, close } = await model();
const tools = [
  tool((args) => desk.crmRead(args), {
    name: 'crm_read',
    description: 'Looks a customer up.',
    schema: z.object({ customer: z.string() }),
  }),
  tool((args) => desk.refundCreate(args), {
    name: 'refund_create',
    description: 'Refunds an order.',
    schema: z.object({ order: z.string(), amount: z.number() }),
  }),
];
const chat = new ChatOpenAI({ model: name, apiKey, configuration: { baseURL } }).bindTools(tools);

const messages = [new HumanMessage(REQUEST)];
for (;;) {
  const answer = await chat.invoke(messages);
  messages.push(answer);
  if (!answer.tool_calls?.length) {
    console.log(answer.text);
    break;
  }
  for (const call of answer.tool_calls)
    messages.push(await tools.find((candidate) => candidate.name === call.name).invoke(call));
}
await desk.close();
close();
